package dev.penstock.platform.definition;

import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows that come in, and their contract.
 *
 * @param columns what a row brings
 * @param computed evaluated once at acceptance, recorded in the row; each sees the columns and the
 *     computed ones before it
 * @param eventTime when a row happened; null only for a dimension, whose rows hold from the
 *     beginning
 * @param rules by name: a row that does not fulfil one goes to quarantine
 * @param checks on a file, before any row of it is accepted
 * @param primaryKey empty when there is none
 * @param changes how rows are taken back and replaced; null where they stay
 * @param file the rows of a dimension, pinned by {@code apply}; null for every other source
 * @param files which files a source of files takes; null for every other source
 */
public record SourceDefinition(
    About about,
    List<ColumnDefinition> columns,
    List<ExpressionLine> computed,
    @Nullable Written eventTime,
    Seen seen,
    RowId id,
    Span idMemory,
    Span futureAllowance,
    List<ExpressionLine> rules,
    List<CheckLine> checks,
    ExtraColumns extraColumns,
    List<Written> primaryKey,
    @Nullable Changes changes,
    @Nullable Written file,
    @Nullable RawFiles files)
    implements Definition {
  public static final Span DEFAULT_ID_MEMORY = Span.ofHours(30 * 24);
  public static final Span DEFAULT_FUTURE_ALLOWANCE = Span.parse("5m");

  public SourceDefinition {
    columns = List.copyOf(columns);
    computed = List.copyOf(computed);
    rules = List.copyOf(rules);
    checks = List.copyOf(checks);
    primaryKey = List.copyOf(primaryKey);
  }

  /** When a row of history became known; live rows are seen when they are accepted. */
  public sealed interface Seen {
    /** So long after its event time. */
    record Lag(Span lag) implements Seen {}

    /** At the time in this column. */
    record InColumn(Written column) implements Seen {}
  }

  /** What makes a row the same row when it comes again. */
  public sealed interface RowId {
    /** The file's name and the row's number; a pushed row brings its id with it. */
    record RowNumber() implements RowId {}

    record InColumn(Written column) implements RowId {}
  }

  /**
   * How rows change, by primary key.
   *
   * @param operation the column that says what a row does; null where each takes the place of the
   *     one with its key
   * @param puts what it says of a row that comes in; empty without an operation
   * @param deletes what it says of a row that takes another away; empty without an operation
   */
  public record Changes(@Nullable Written operation, Set<String> puts, Set<String> deletes) {
    public Changes {
      puts = Set.copyOf(puts);
      deletes = Set.copyOf(deletes);
    }
  }

  /** What becomes of a file or push with columns that the contract does not name. */
  public enum ExtraColumns {
    REFUSE,
    IGNORE
  }

  @Override
  public Kind kind() {
    return Kind.SOURCE;
  }

  /** Whether this is a dimension: a table that lookups read, loaded whole from its file. */
  public boolean isDimension() {
    return file != null;
  }

  /** The columns that a row brings, without the computed ones. */
  public Schema contract() {
    return new Schema(columns.stream().map(ColumnDefinition::field).toList());
  }
}
