package dev.penstock.format;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.format.internal.Problems;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * A Hudi table, whose files must not be taken one by one: older versions of rows are among them.
 */
final class HudiFolder {
  private static final String TIMELINE = ".hoodie";

  private HudiFolder() {}

  static boolean isAt(Path folder) {
    return Files.isDirectory(folder.resolve(TIMELINE));
  }

  static PenstockException refused(Path folder) {
    Properties properties = new Properties();
    Path written = folder.resolve(TIMELINE).resolve("hoodie.properties");
    try (Reader text = Files.newBufferedReader(written)) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException e) {
      return refused(folder, "of a kind that cannot be told");
    }
    String type = properties.getProperty("hoodie.table.type", "?").replace('_', ' ');
    return refused(
        folder,
        type.toLowerCase(Locale.ROOT)
            + ", version "
            + properties.getProperty("hoodie.table.version", "?"));
  }

  private static PenstockException refused(Path folder, String kind) {
    return new PenstockException(
        ErrorCode.UNSUPPORTED,
        Problems.place(folder),
        "this is a Hudi table (" + kind + "), and Hudi tables are not read",
        "have its engine write it as an Iceberg or Delta table, or as Parquet files");
  }
}
