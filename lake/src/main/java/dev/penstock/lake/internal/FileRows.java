package dev.penstock.lake.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import dev.penstock.format.FieldIds;
import dev.penstock.lake.internal.PlannedFiles.Planned;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** The rows of some files of a table, file after file. Used by one thread. */
public final class FileRows implements BatchReader {
  private final Schema wanted;
  private final Schema needed;
  private final FieldIds ids;
  private final List<Condition> conditions;
  private final Table table;
  private final Iterator<Planned> files;
  private final Runnable atEnd;
  private @Nullable StandingRows open;

  /**
   * Rows of these files.
   *
   * @param needed the wanted columns, and those that the conditions need
   * @param ids of the needed columns
   * @param atEnd run when there are no more rows, or the reader is closed; perhaps twice
   */
  public FileRows(
      Table table,
      Schema wanted,
      Schema needed,
      FieldIds ids,
      List<Condition> conditions,
      Iterator<Planned> files,
      Runnable atEnd) {
    this.table = table;
    this.wanted = wanted;
    this.needed = needed;
    this.ids = ids;
    this.conditions = conditions;
    this.files = files;
    this.atEnd = atEnd;
  }

  /** All rows of these files with the columns that the table has now. */
  public static FileRows all(Table table, List<Planned> files) {
    Schema schema = IcebergSchemas.of(table.schema());
    FieldIds ids = IcebergSchemas.ids(table.schema(), schema.names());
    return new FileRows(table, schema, schema, ids, List.of(), files.iterator(), () -> {});
  }

  @Override
  public Schema schema() {
    return wanted;
  }

  @Override
  public @Nullable Batch next() {
    while (true) {
      if (open == null) {
        if (!files.hasNext()) {
          atEnd.run();
          return null;
        }
        open = new StandingRows(table, files.next(), needed, ids, conditions);
      }
      Batch batch = open.next();
      if (batch != null) {
        return needed.size() == wanted.size() ? batch : batch.select(wanted.names());
      }
      closeFile();
    }
  }

  private void closeFile() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  @Override
  public void close() {
    closeFile();
    atEnd.run();
  }
}
