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

  /** Which rows of the file's last batch were returned; null for all. */
  private int @Nullable [] rows;

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
      Batch found = kept(columns.complete(batch));
      if (found.rows() > 0) {
        return found.columns().size() == needed.size() ? found : found.select(needed.names());
      }
    }
    return null;
  }

  private Batch kept(Batch batch) {
    int[] standing = deleted == null ? null : deleted.standing(batch, file);
    Batch kept = standing == null ? batch : gather(batch, standing);
    if (conditions.isEmpty()) {
      rows = standing;
      return kept;
    }
    int[] met = Conditions.rows(kept, conditions);
    rows = standing == null ? met : IntStream.of(met).map(row -> standing[row]).toArray();
    return gather(kept, met);
  }

  private static Batch gather(Batch batch, int[] rows) {
    return rows.length == batch.rows() ? batch : batch.gather(rows);
  }

  @Override
  public long rowNumber(int row) {
    return file.rowNumber(rows == null ? row : rows[row]);
  }

  @Override
  public void close() {
    file.close();
  }
}
