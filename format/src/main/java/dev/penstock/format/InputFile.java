package dev.penstock.format;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.format.internal.ExpectedColumns;
import dev.penstock.format.internal.FileHash;
import dev.penstock.format.internal.Problems;
import dev.penstock.format.internal.text.CsvBatches;
import dev.penstock.format.internal.text.NdjsonBatches;
import dev.penstock.format.internal.text.SchemaGuess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** A data file that somebody hands in: Parquet, CSV or NDJSON, told apart by its ending. */
public final class InputFile implements Input {
  private final Path path;
  private final FileFormat format;

  private InputFile(Path path, FileFormat format) {
    this.path = path;
    this.format = format;
  }

  /**
   * The file at that path.
   *
   * @throws PenstockException {@code FILE_NOT_FOUND}, or {@code FILE_FORMAT} if its ending names no
   *     format; {@code UNSUPPORTED} for a Hudi table
   */
  public static InputFile at(Path path) {
    if (!Files.exists(path)) {
      throw Problems.missing(path);
    }
    if (HudiFolder.isAt(path)) {
      throw HudiFolder.refused(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new PenstockException(
          ErrorCode.FILE_FORMAT, Problems.place(path), "this is no file", "name a file in it");
    }
    return new InputFile(path, format(path));
  }

  public Path path() {
    return path;
  }

  /** The last part of the path, ending included: what row ids begin with. */
  @Override
  public String name() {
    return Objects.requireNonNull(path.getFileName()).toString();
  }

  public FileFormat format() {
    return format;
  }

  /** SHA-256 of the content. */
  @Override
  public Fingerprint fingerprint() {
    return FileHash.of(path);
  }

  /**
   * The columns of the file. Parquet says so itself (columns of types we do not read are left out);
   * for CSV and NDJSON the types are guessed from the first 100,000 records.
   */
  @Override
  public Schema schema() {
    return switch (format) {
      case PARQUET -> ParquetScan.of(path).schema();
      case CSV -> SchemaGuess.ofCsv(path);
      case NDJSON -> SchemaGuess.ofNdjson(path);
    };
  }

  /**
   * Reads the columns that are expected, by name, as the types expected. Types of Parquet are
   * widened where nothing can be lost (but for the numbers in lists, which become float32), text is
   * parsed. Whether a column is nullable is not looked at: a missing value is null, and the caller
   * judges it.
   *
   * @param badRows is told of each record that cannot be read, before the batch of the records
   *     after it is returned
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE} if a column is missing, has another type
   *     or was not expected; {@code FILE_CORRUPT}, here or while reading
   */
  @Override
  public FileBatchReader read(Schema expected, ExtraColumns extra, Consumer<BadRow> badRows) {
    return switch (format) {
      case PARQUET -> {
        ParquetScan scan = ParquetScan.of(path);
        ExpectedColumns.check(path, scan.fileColumns(), expected, extra);
        yield scan.as(expected).open(badRows);
      }
      case CSV -> CsvBatches.open(path, expected, extra, badRows);
      case NDJSON -> NdjsonBatches.open(path, expected, extra, badRows);
    };
  }

  private static FileFormat format(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (name.endsWith(".parquet")) {
      return FileFormat.PARQUET;
    } else if (plain.endsWith(".csv") || plain.endsWith(".tsv")) {
      return FileFormat.CSV;
    } else if (plain.endsWith(".ndjson") || plain.endsWith(".jsonl")) {
      return FileFormat.NDJSON;
    }
    throw new PenstockException(
        ErrorCode.FILE_FORMAT,
        Problems.place(path),
        "its ending names no format we read",
        "files end in .parquet, .csv, .tsv, .ndjson or .jsonl, text files also in .gz");
  }
}
