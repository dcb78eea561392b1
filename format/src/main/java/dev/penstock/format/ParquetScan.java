package dev.penstock.format;

import dev.penstock.data.Schema;
import java.nio.file.Path;
import java.util.List;

/**
 * What to read of a Parquet file: refine, then {@link #open}. Without refinement all columns of
 * types we read, as the file has them. Immutable.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable"}) // until filled
public final class ParquetScan {
  private ParquetScan() {}

  public static ParquetScan of(Path path) {
    throw new UnsupportedOperationException();
  }

  /** Only these columns, in this order, as the file has them. */
  public ParquetScan columns(List<String> names) {
    throw new UnsupportedOperationException();
  }

  /** These columns, found by name, widened to these types. */
  public ParquetScan as(Schema schema) {
    throw new UnsupportedOperationException();
  }

  /** These columns, found by field id, widened to these types; one the file lacks is null. */
  public ParquetScan as(Schema schema, FieldIds ids) {
    throw new UnsupportedOperationException();
  }

  /**
   * Leaves out row groups whose statistics say that no row meets all conditions. Rows that do not
   * are still returned: {@link Conditions} filters them.
   */
  public ParquetScan where(List<Condition> conditions) {
    throw new UnsupportedOperationException();
  }

  public FileBatchReader open() {
    throw new UnsupportedOperationException();
  }
}
