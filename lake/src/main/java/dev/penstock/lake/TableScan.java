package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import dev.penstock.format.FieldIds;
import dev.penstock.format.ParquetScan;
import dev.penstock.lake.internal.FileRows;
import dev.penstock.lake.internal.IcebergSchemas;
import dev.penstock.lake.internal.PlannedFiles;
import dev.penstock.lake.internal.PlannedFiles.Planned;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Rows to be read from a table: refine, then {@link #open}. Immutable. */
public final class TableScan {
  private final LakeTable table;
  private final Ref ref;
  private final @Nullable List<String> columns;
  private final List<Condition> conditions;

  TableScan(LakeTable table) {
    this(table, Ref.current(), null, List.of());
  }

  private TableScan(
      LakeTable table, Ref ref, @Nullable List<String> columns, List<Condition> conditions) {
    this.table = table;
    this.ref = ref;
    this.columns = columns == null ? null : List.copyOf(columns);
    this.conditions = List.copyOf(conditions);
  }

  /** Reads this state; without it, what is published when the scan is opened. */
  public TableScan at(Ref state) {
    return new TableScan(table, state, columns, conditions);
  }

  public TableScan columns(List<String> names) {
    return new TableScan(table, ref, names, conditions);
  }

  /** Only rows that meet this condition too. */
  public TableScan where(Condition condition) {
    List<Condition> more = new ArrayList<>(conditions);
    more.add(condition);
    return new TableScan(table, ref, columns, more);
  }

  /** The columns that are read, as the state read has them. */
  public Schema schema() {
    return read(state());
  }

  /**
   * The rows. Files come in the order in which they were committed, rows in the order in which they
   * were written. A table never written to has none.
   *
   * @throws PenstockException {@code NOT_FOUND} if there is no such state; {@code UNSUPPORTED} for
   *     files that are not Parquet
   */
  public BatchReader open() {
    Reading reading;
    State state;
    synchronized (table) {
      state = state();
      reading = table.reading(state.snapshot());
    }
    Schema wanted = read(state);
    List<String> names = new ArrayList<>(wanted.names());
    for (Condition condition : conditions) {
      require(state, condition.column());
      if (!names.contains(condition.column())) {
        names.add(condition.column());
      }
    }
    Schema needed = IcebergSchemas.of(state.schema().select(names)).select(names);
    FieldIds ids = IcebergSchemas.ids(state.schema(), names);
    return new FileRows(
        state.table(), wanted, needed, ids, conditions, files(state).iterator(), reading::close);
  }

  /**
   * The files that hold the rows, which stay until the answer is closed or nobody holds it. Rows in
   * them that do not meet the conditions are not filtered.
   */
  public TableFiles files() {
    Reading reading;
    State state;
    synchronized (table) {
      state = state();
      reading = table.reading(state.snapshot());
    }
    List<Planned> planned = files(state);
    List<Path> paths = planned.stream().map(Planned::path).toList();
    Schema wanted = read(state);
    FieldIds ids = IcebergSchemas.ids(state.schema(), wanted.names());
    boolean exact =
        planned.stream().allMatch(file -> file.deletes().isEmpty())
            && !IcebergSchemas.hasStructs(state.schema())
            && (neverEvolved(state)
                || paths.stream().allMatch(path -> ParquetScan.of(path).holds(wanted, ids)));
    return new TableFiles(paths, exact, reading);
  }

  /** Whether all files have the columns of the table. Other engines forget earlier schemas. */
  private boolean neverEvolved(State state) {
    return table.writers() == LakeTable.Writers.PENSTOCK && state.table().schemas().size() == 1;
  }

  /** The state a scan reads; without a snapshot in a table never written to. */
  private record State(
      Table table, @Nullable Snapshot snapshot, org.apache.iceberg.Schema schema) {}

  private State state() {
    boolean never = ref instanceof Ref.Current && table.currentSnapshot().isEmpty();
    if (never || ref instanceof Ref.Empty) {
      Table now = table.fresh();
      return new State(now, null, now.schema());
    }
    Snapshot snapshot = table.find(ref);
    Table now = table.fresh();
    boolean latest = ref instanceof Ref.Current || ref instanceof Ref.Branch;
    Integer id = snapshot.schemaId();
    var then = latest || id == null ? null : now.schemas().get(id);
    return new State(now, snapshot, then == null ? now.schema() : then);
  }

  private List<Planned> files(State state) {
    return PlannedFiles.of(state.table(), state.snapshot(), conditions, state.schema());
  }

  private Schema read(State state) {
    if (columns == null) {
      return IcebergSchemas.of(state.schema());
    }
    columns.forEach(column -> require(state, column));
    return IcebergSchemas.of(state.schema().select(columns)).select(columns);
  }

  private void require(State state, String column) {
    if (state.schema().findField(column) == null) {
      List<String> names = state.schema().columns().stream().map(field -> field.name()).toList();
      throw new PenstockException(
          ErrorCode.COLUMN_NOT_FOUND,
          "table '" + table.name() + "' has no column '" + column + "'",
          Suggestion.among(column, names));
    }
  }
}
