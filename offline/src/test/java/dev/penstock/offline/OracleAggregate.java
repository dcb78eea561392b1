package dev.penstock.offline;

import dev.penstock.data.Expression;
import dev.penstock.data.Scalar;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.testkit.RowExpression;
import java.util.List;

/**
 * An aggregate and what it means in SQL, over rows {@code m} of a window.
 *
 * @param tolerance how far from it the value may be, as a part of it, or of 1 where that is more; 0
 *     for equal
 */
record OracleAggregate(Aggregate aggregate, String sql, double tolerance) {
  /** DuckDB adds squares of floats as they come, Penstock exactly. */
  private static final double ROUNDING = 1e-9;

  private static final String ORDER = "event, part, pos";

  private static final RowExpression WHOLE = RowExpression.column("whole", Scalar.INT64);
  private static final RowExpression REAL = RowExpression.column("real", Scalar.FLOAT64);
  private static final RowExpression TEXT = RowExpression.column("text", Scalar.STRING);
  private static final RowExpression FLAG = RowExpression.column("flag", Scalar.BOOLEAN);

  static final List<OracleAggregate> ALL =
      List.of(
          exact(Aggregate.count(), "count(pos)"),
          exact(Aggregate.count().where(FLAG), "count(pos) FILTER (flag)"),
          exact(of(AggregateFunction.COUNT, REAL), "count(real)"),
          exact(of(AggregateFunction.SUM, WHOLE), "sum(whole)::BIGINT"),
          exact(of(AggregateFunction.SUM, REAL), "sum(real)"),
          exact(of(AggregateFunction.MEAN, WHOLE), "avg(whole)"),
          exact(of(AggregateFunction.MEAN, REAL), "avg(real)"),
          exact(of(AggregateFunction.MIN, REAL), "min(real)"),
          exact(of(AggregateFunction.MAX, REAL), "max(real)"),
          exact(of(AggregateFunction.MIN, WHOLE), "min(whole)"),
          exact(of(AggregateFunction.MAX, WHOLE), "max(whole)"),
          exact(of(AggregateFunction.FIRST, TEXT), first("text", ORDER, "text IS NOT NULL")),
          exact(of(AggregateFunction.LAST, TEXT), last("text", ORDER, "text IS NOT NULL")),
          exact(of(AggregateFunction.LAST, WHOLE), last("whole", ORDER, "whole IS NOT NULL")),
          exact(of(AggregateFunction.DISTINCT_COUNT, TEXT), "nullif(count(DISTINCT text), 0)"),
          exact(
              of(AggregateFunction.SHARE, FLAG),
              "count(*) FILTER (flag)::DOUBLE / nullif(count(flag), 0)"),
          exact(of(AggregateFunction.ANY, FLAG), "bool_or(flag)"),
          exact(of(AggregateFunction.ALL, FLAG), "bool_and(flag)"),
          exact(
              of(AggregateFunction.RATIO, REAL, WHOLE),
              "sum(real) FILTER (whole IS NOT NULL)"
                  + " / nullif(sum(whole) FILTER (real IS NOT NULL)::DOUBLE, 0)"),
          exact(of(AggregateFunction.TIME_SINCE_FIRST), "(n.q - min(event)) / 1e6::DOUBLE"),
          exact(
              of(AggregateFunction.TIME_SINCE_LAST, TEXT),
              "(n.q - max(event) FILTER (text IS NOT NULL)) / 1e6::DOUBLE"),
          exact(
              of(AggregateFunction.MIN_BY, TEXT, WHOLE),
              last("text", "whole DESC, " + ORDER, "text IS NOT NULL AND whole IS NOT NULL")),
          exact(
              of(AggregateFunction.MAX_BY, TEXT, REAL),
              last("text", "real, " + ORDER, "text IS NOT NULL AND real IS NOT NULL")),
          exact(Aggregate.of(AggregateFunction.FIRST_N, List.of(3.0), WHOLE), json("[1:3]")),
          exact(Aggregate.of(AggregateFunction.LAST_N, List.of(3.0), WHOLE), json("[-3:]")),
          exact(of(AggregateFunction.COLLECT_LIST, WHOLE), json("")),
          exact(
              of(AggregateFunction.COLLECT_SET, WHOLE),
              "'[' || array_to_string(list(DISTINCT whole ORDER BY whole)"
                  + " FILTER (whole IS NOT NULL), ',') || ']'"),
          near(of(AggregateFunction.VAR_POP, REAL), "var_pop(real)"),
          near(of(AggregateFunction.VAR_SAMP, REAL), "var_samp(real)"),
          near(of(AggregateFunction.STDDEV_POP, WHOLE), "stddev_pop(whole)"),
          near(of(AggregateFunction.STDDEV_SAMP, WHOLE), "stddev_samp(whole)"),
          near(of(AggregateFunction.COVAR_POP, REAL, WHOLE), "covar_pop(real, whole)"),
          near(of(AggregateFunction.COVAR_SAMP, REAL, WHOLE), "covar_samp(real, whole)"),
          // A sketch: within 1 % of the value.
          new OracleAggregate(Aggregate.percentile(REAL, 0.75), "quantile_disc(real, 0.75)", 0.01));

  private static Aggregate of(AggregateFunction function, Expression... arguments) {
    return Aggregate.of(function, arguments);
  }

  private static OracleAggregate exact(Aggregate aggregate, String sql) {
    return new OracleAggregate(aggregate, sql, 0);
  }

  private static OracleAggregate near(Aggregate aggregate, String sql) {
    return new OracleAggregate(aggregate, sql, ROUNDING);
  }

  private static String first(String value, String order, String where) {
    return "first(" + value + " ORDER BY " + order + ") FILTER (" + where + ")";
  }

  private static String last(String value, String order, String where) {
    return "last(" + value + " ORDER BY " + order + ") FILTER (" + where + ")";
  }

  /** A part of the whole numbers in order, as JSON. */
  private static String json(String part) {
    String list = "(list(whole ORDER BY " + ORDER + ") FILTER (whole IS NOT NULL))" + part;
    return "'[' || array_to_string(" + list + ", ',') || ']'";
  }
}
