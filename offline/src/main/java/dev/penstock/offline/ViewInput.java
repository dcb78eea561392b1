package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.data.RowTransform;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.DerivedLog;
import dev.penstock.feature.FeatureView;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.lake.TableScan;
import dev.penstock.lake.TableWrite;
import dev.penstock.offline.StandingRows.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a view's rows come from: the log table of a source, at one state, through a row-wise
 * transform where there is one. The rows of a chained view are made of those of the first view of
 * its chain, which is where the transform leads.
 *
 * @param source the source's name, as positions know it
 * @param transform null when the view reads the source's rows as they are
 */
public record ViewInput(String source, LakeTable table, Ref ref, @Nullable RowTransform transform) {
  /** The same rows as the table had them in another state. */
  public ViewInput at(Ref other) {
    return new ViewInput(source, table, other, transform);
  }

  /**
   * The rows a view reads, in the order of the log; nothing but the columns it needs. Lazy, and to
   * be walked once; whoever stops half-way leaves a file open until it is collected.
   *
   * @param conditions on columns of the log table, such as its event time; a chained view needs all
   *     rows whatever they say
   */
  public Iterable<Batch> rows(FeatureView view, List<Condition> conditions) {
    return rows(view, view.columns(), conditions);
  }

  /** Like {@link #rows(FeatureView, List)}, with these columns of the view's input. */
  public Iterable<Batch> rows(
      FeatureView view, Collection<String> inputColumns, List<Condition> conditions) {
    FeatureView upstream = view.upstream();
    return upstream == null
        ? rows(inputColumns, conditions)
        : () -> List.of(derived(upstream, inputColumns)).iterator();
  }

  /** These columns of a view's derived log: all of it, in memory. */
  private Batch derived(FeatureView upstream, Collection<String> columns) {
    Set<String> needed = new TreeSet<>(upstream.columns());
    if (columns.contains(SystemColumns.ID)) {
      needed.add(SystemColumns.ID);
    }
    return DerivedLog.replay(upstream, history(), rows(upstream, needed, List.of()))
        .select(List.copyOf(columns));
  }

  /**
   * S: one past the rows that were loaded as history; all that the table has while none is live.
   */
  private Positions history() {
    if (table.currentSnapshot().isEmpty()) {
      return Positions.NONE;
    }
    return table
        .property(ref, TableWrite.HISTORY)
        .or(() -> table.property(ref, TableWrite.POSITIONS))
        .map(Positions::parse)
        .orElse(Positions.NONE);
  }

  /** Like {@link #rows(FeatureView, List)}, with these columns of the rows of a source. */
  public Iterable<Batch> rows(Collection<String> inputColumns, List<Condition> conditions) {
    TreeSet<String> columns = new TreeSet<>(transform == null ? inputColumns : transform.columns());
    SystemColumns.FIELDS.stream()
        .map(field -> field.name())
        .filter(name -> !name.equals(SystemColumns.ID) || inputColumns.contains(name))
        .forEach(columns::add);
    SystemColumns.RETRACTION_FIELDS.stream()
        .map(field -> field.name())
        .filter(inputColumns::contains)
        .forEach(columns::add);
    TableScan scan = table.scan().at(ref).columns(List.copyOf(columns));
    for (Condition condition : conditions) {
      scan = scan.where(condition);
    }
    TableScan refined = scan;
    return () -> new Rows(refined.open(), transform);
  }

  /** The schema of {@link #rows} with these columns of the view's input. */
  public Schema schema(FeatureView view, List<String> inputColumns) {
    FeatureView upstream = view.upstream();
    return upstream == null
        ? schema(inputColumns)
        : DerivedLog.logSchema(upstream).select(inputColumns);
  }

  /**
   * The rows that are there at a moment: seen before it, and not taken back by a retraction seen
   * before it. Reads the log table twice where rows may be taken back, and holds the position of
   * each that is.
   *
   * @param q microseconds; {@code Long.MAX_VALUE} for all that is known
   */
  public Iterable<Batch> rowsAt(FeatureView view, long q, Collection<String> inputColumns) {
    if (view.upstream() != null) {
      Set<String> columns = new TreeSet<>(inputColumns);
      SystemColumns.FIELDS.stream()
          .map(field -> field.name())
          .filter(name -> !name.equals(SystemColumns.ID))
          .forEach(columns::add);
      return StandingRows.of(rows(view, columns, List.of()), q, Set.of());
    }
    return rowsAt(q, inputColumns);
  }

  /** The same of the rows of a source. */
  public Iterable<Batch> rowsAt(long q, Collection<String> inputColumns) {
    if (!table.schema().contains(SystemColumns.RETRACTS_OFFSET)) {
      return StandingRows.of(rows(inputColumns, List.of()), q, Set.of());
    }
    List<String> columns = new ArrayList<>(inputColumns);
    SystemColumns.RETRACTION_FIELDS.forEach(field -> columns.add(field.name()));
    return StandingRows.of(rows(columns, List.of()), q, retractedBefore(q));
  }

  private Set<Position> retractedBefore(long q) {
    List<String> columns =
        List.of(
            SystemColumns.SEEN_TIME,
            SystemColumns.RETRACTS_PARTITION,
            SystemColumns.RETRACTS_OFFSET);
    try (BatchReader reader = table.scan().at(ref).columns(columns).open()) {
      return StandingRows.retracted(reader, q);
    }
  }

  /** The schema of {@link #rows} with these columns of the input. */
  public Schema schema(List<String> inputColumns) {
    Schema all = transform == null ? table.schema() : transform.schema().with(SystemColumns.FIELDS);
    if (transform != null && table.schema().contains(SystemColumns.RETRACTS_OFFSET)) {
      all = all.with(SystemColumns.RETRACTION_FIELDS);
    }
    return all.select(inputColumns);
  }

  private static final class Rows implements Iterator<Batch> {
    private final BatchReader reader;
    private final @Nullable RowTransform transform;
    private @Nullable Batch next;

    Rows(BatchReader reader, @Nullable RowTransform transform) {
      this.reader = reader;
      this.transform = transform;
      advance();
    }

    private void advance() {
      next = reader.next();
      if (next == null) {
        reader.close();
      } else if (transform != null) {
        next = transform.apply(next);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Batch next() {
      Batch batch = next;
      if (batch == null) {
        throw new NoSuchElementException();
      }
      advance();
      return batch;
    }
  }
}
