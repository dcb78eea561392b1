package dev.penstock.source;

import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.data.SystemColumns;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source as acceptance sees it: its columns and everything that decides, row by row, whether a
 * row is accepted and what is recorded with it.
 *
 * @param columns the declared columns, as they stand in files and pushes
 * @param computed row expressions, evaluated once at acceptance and recorded after the declared
 *     columns; each sees the declared columns and the computed ones before it
 * @param eventTime when the row happened, a {@code timestamp}, over declared and computed columns
 * @param seenTime when a row of history became known
 * @param rules row rules: booleans that must be true; false or null sends the row to quarantine
 * @param futureAllowance how far after the acceptance clock a row may claim to have happened
 * @param rememberIds how long after a row was seen its id is remembered
 * @param retimings event times that row-wise transforms give the row, which must be as valid as its
 *     own: present, and not in the future
 * @param changes how rows are taken back and replaced; null where they stay
 */
public record SourceSpec(
    String name,
    Schema columns,
    List<NamedExpression> computed,
    Expression eventTime,
    SeenTime seenTime,
    RowId id,
    List<NamedExpression> rules,
    Span futureAllowance,
    Span rememberIds,
    List<NamedExpression> retimings,
    ExtraColumns extraColumns,
    @Nullable ChangeFeed changes) {
  public static final Span FUTURE_ALLOWANCE = Span.parse("5m");
  public static final Span REMEMBER_IDS = Span.parse("30d");

  public SourceSpec {
    computed = List.copyOf(computed);
    rules = List.copyOf(rules);
    retimings = List.copyOf(retimings);
    columns.names().forEach(SourceSpec::checkName);
    computed.forEach(expression -> checkName(expression.name()));
    checkType("event_time", eventTime, Scalar.TIMESTAMP);
    rules.forEach(rule -> checkType(rule.name(), rule.expression(), Scalar.BOOLEAN));
    retimings.forEach(time -> checkType(time.name(), time.expression(), Scalar.TIMESTAMP));
    if (seenTime instanceof SeenTime.Arrival arrival
        && columns.field(arrival.column()).type() != Scalar.TIMESTAMP) {
      throw new IllegalArgumentException("the arrival column must be a timestamp");
    }
    if (id instanceof RowId.FromColumn from) {
      columns.require(from.column());
    }
    if (changes != null) {
      changes.check(columns);
    }
  }

  /** A source with the usual settings: no lag, made ids, no rules. */
  public static SourceSpec of(String name, Schema columns, Expression eventTime) {
    return new SourceSpec(
        name,
        columns,
        List.of(),
        eventTime,
        new SeenTime.Lag(new Span(0)),
        RowId.MADE,
        List.of(),
        FUTURE_ALLOWANCE,
        REMEMBER_IDS,
        List.of(),
        ExtraColumns.REFUSE,
        null);
  }

  public SourceSpec computed(List<NamedExpression> expressions) {
    return new SourceSpec(
        name,
        columns,
        expressions,
        eventTime,
        seenTime,
        id,
        rules,
        futureAllowance,
        rememberIds,
        retimings,
        extraColumns,
        changes);
  }

  public SourceSpec seen(SeenTime time) {
    return new SourceSpec(
        name,
        columns,
        computed,
        eventTime,
        time,
        id,
        rules,
        futureAllowance,
        rememberIds,
        retimings,
        extraColumns,
        changes);
  }

  public SourceSpec identified(RowId by, Span remembered) {
    return new SourceSpec(
        name,
        columns,
        computed,
        eventTime,
        seenTime,
        by,
        rules,
        futureAllowance,
        remembered,
        retimings,
        extraColumns,
        changes);
  }

  public SourceSpec rules(List<NamedExpression> rowRules) {
    return new SourceSpec(
        name,
        columns,
        computed,
        eventTime,
        seenTime,
        id,
        rowRules,
        futureAllowance,
        rememberIds,
        retimings,
        extraColumns,
        changes);
  }

  public SourceSpec futureAllowance(Span allowance) {
    return new SourceSpec(
        name,
        columns,
        computed,
        eventTime,
        seenTime,
        id,
        rules,
        allowance,
        rememberIds,
        retimings,
        extraColumns,
        changes);
  }

  public SourceSpec retimings(List<NamedExpression> times) {
    return new SourceSpec(
        name,
        columns,
        computed,
        eventTime,
        seenTime,
        id,
        rules,
        futureAllowance,
        rememberIds,
        times,
        extraColumns,
        changes);
  }

  public SourceSpec extraColumns(ExtraColumns extra) {
    return new SourceSpec(
        name,
        columns,
        computed,
        eventTime,
        seenTime,
        id,
        rules,
        futureAllowance,
        rememberIds,
        retimings,
        extra,
        changes);
  }

  /** This source with rows that may be taken back and replaced. */
  public SourceSpec changes(ChangeFeed feed) {
    return new SourceSpec(
        name,
        columns,
        computed,
        eventTime,
        seenTime,
        id,
        rules,
        futureAllowance,
        rememberIds,
        retimings,
        extraColumns,
        feed);
  }

  /** Declared and computed columns: what row-wise transforms and views see. */
  public Schema rowSchema() {
    List<Field> fields = new ArrayList<>();
    computed.forEach(
        expression -> fields.add(Field.of(expression.name(), expression.expression().type())));
    return columns.with(fields);
  }

  /** The columns of an accepted row: {@link #rowSchema()} and the {@link SystemColumns}. */
  public Schema acceptedSchema() {
    Schema accepted = rowSchema().with(SystemColumns.FIELDS);
    return changes == null ? accepted : accepted.with(SystemColumns.RETRACTION_FIELDS);
  }

  private static void checkName(String column) {
    if (column.startsWith("_")) {
      throw new IllegalArgumentException(
          "column '" + column + "': names that begin with _ are the system's");
    }
  }

  private static void checkType(String what, Expression expression, Type type) {
    if (!expression.type().equals(type)) {
      throw new IllegalArgumentException(
          what + " must be " + type + ", not " + expression.type() + ": " + expression.text());
    }
  }
}
