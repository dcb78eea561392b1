package dev.penstock.format;

import dev.penstock.data.Fingerprint;
import dev.penstock.data.Schema;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A data file that somebody hands in: Parquet, CSV or NDJSON, told apart by its ending. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable"}) // until filled
public final class InputFile {
  private final Path path;
  private final FileFormat format;

  private InputFile(Path path, FileFormat format) {
    this.path = path;
    this.format = format;
  }

  /**
   * The file at that path.
   *
   * @throws dev.penstock.data.PenstockException {@code FILE_NOT_FOUND}, or {@code FILE_FORMAT} if
   *     its ending names no format
   */
  public static InputFile at(Path path) {
    throw new UnsupportedOperationException();
  }

  public Path path() {
    return path;
  }

  /** The last part of the path, ending included: what row ids begin with. */
  public String name() {
    return path.getFileName().toString();
  }

  public FileFormat format() {
    return format;
  }

  /** SHA-256 of the content. */
  public Fingerprint fingerprint() {
    throw new UnsupportedOperationException();
  }

  /**
   * The columns of the file. Parquet says so itself (columns of types we do not read are left out);
   * for CSV and NDJSON the types are guessed from the first rows, see {@code docs}.
   */
  public Schema schema() {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads the columns that are expected, by name, as the types expected. Types of Parquet are
   * widened where nothing can be lost, text is parsed. Whether a column is nullable is not looked
   * at: a missing value is null, and the caller judges it.
   *
   * @param badRows is told of each record of a text file that cannot be read, before the batch of
   *     the records after it is returned
   * @throws dev.penstock.data.PenstockException {@code SCHEMA_INCOMPATIBLE} if a column is missing,
   *     has another type or was not expected; {@code FILE_CORRUPT}, here or while reading
   */
  public FileBatchReader read(Schema expected, ExtraColumns extra, Consumer<BadRow> badRows) {
    throw new UnsupportedOperationException();
  }
}
