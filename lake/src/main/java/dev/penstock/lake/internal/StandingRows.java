package dev.penstock.lake.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Schema;
import dev.penstock.format.Condition;
import dev.penstock.format.Conditions;
import dev.penstock.format.FieldIds;
import dev.penstock.format.FileBatchReader;
import dev.penstock.lake.internal.PlannedFiles.Planned;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** The rows of one file that are not deleted and meet all conditions. */
final class StandingRows implements FileBatchReader {
  private final Schema needed;
  private final List<Condition> conditions;
  private final @Nullable DeletedRows deleted;
  private final FileColumns columns;
  private final FileBatchReader file;
  private int[] rows = {};

  /**
   * Opens a file.
   *
   * @param needed what is read; has the columns of the conditions
   * @param ids the field ids of its columns
   */
  StandingRows(
      Table table, Planned planned, Schema needed, FieldIds ids, List<Condition> conditions) {
    this.needed = needed;
    this.conditions = conditions;
    this.deleted = DeletedRows.of(table, planned);
    Schema read = deleted == null ? needed : deleted.with(needed);
    FieldIds readIds = deleted == null ? ids : deleted.with(ids);
    this.columns = FileColumns.of(table, planned, read, readIds);
    this.file =
        columns
            .scan()
            .as(read, readIds)
            .where(conditions.stream().filter(c -> !columns.isConstant(c.column())).toList())
            .open();
  }

  @Override
  public Schema schema() {
    return needed;
  }

  @Override
  public @Nullable Batch next() {
    for (Batch batch = file.next(); batch != null; batch = file.next()) {
      Batch whole = columns.complete(batch);
      int[] standing =
          deleted == null
              ? IntStream.range(0, whole.rows()).toArray()
              : deleted.standing(whole, file);
      Batch kept = gather(whole, standing);
      int[] met = Conditions.rows(kept, conditions);
      if (met.length > 0) {
        rows = IntStream.of(met).map(row -> standing[row]).toArray();
        Batch found = gather(kept, met);
        return found.columns().size() == needed.size() ? found : found.select(needed.names());
      }
    }
    return null;
  }

  private static Batch gather(Batch batch, int[] rows) {
    return rows.length == batch.rows() ? batch : batch.gather(rows);
  }

  @Override
  public long rowNumber(int row) {
    return file.rowNumber(rows[row]);
  }

  @Override
  public void close() {
    file.close();
  }
}
