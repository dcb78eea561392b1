package dev.penstock.format;

import dev.penstock.data.PenstockException;
import dev.penstock.format.internal.Problems;
import dev.penstock.format.internal.parquet.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file as records of any depth, for files that say something of other files. A record is
 * a map by name of its fields, a list a list, a map a map; values are booleans, whole numbers and
 * text.
 */
public final class ParquetRecords {
  private ParquetRecords() {}

  /**
   * All records, in memory.
   *
   * @param wanted which values are read, by their paths in the file; others are left out
   * @throws PenstockException {@code FILE_NOT_FOUND}; {@code FILE_CORRUPT}, also for a wanted value
   *     that is no boolean, whole number or text
   */
  public static List<Map<String, @Nullable Object>> read(
      Path path, Predicate<List<String>> wanted) {
    try {
      return Records.read(path, wanted);
    } catch (IOException | RuntimeException e) {
      throw Problems.reading(path, "the file cannot be read", e);
    }
  }
}
