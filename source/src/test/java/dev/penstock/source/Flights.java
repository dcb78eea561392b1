package dev.penstock.source;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.testkit.RowExpression;
import dev.penstock.testkit.Rows;
import java.util.List;
import java.util.Set;

/** A source of flights, small enough to know by heart. */
final class Flights {
  static final long NOON = 43_200_000_000L;
  static final long MINUTE = 60_000_000L;

  static final Schema COLUMNS =
      Schema.of(
          Field.required("at", Scalar.TIMESTAMP),
          Field.required("origin", Scalar.STRING),
          Field.of("delay", Scalar.FLOAT64));

  /** {@code at + 1 minute}, or null for the origin {@code NOWHERE}. */
  static final RowExpression LANDED =
      RowExpression.of(
          "at + 1m",
          Scalar.TIMESTAMP,
          Set.of("at", "origin"),
          row -> "NOWHERE".equals(row.get("origin")) ? null : row.number("at") + MINUTE);

  static final NamedExpression PLAUSIBLE =
      new NamedExpression(
          "plausible",
          RowExpression.of(
              "delay < 100",
              Scalar.BOOLEAN,
              Set.of("delay"),
              row -> ((Double) row.get("delay")) < 100));

  static final SourceSpec SOURCE =
      SourceSpec.of("flights", COLUMNS, RowExpression.column("landed", Scalar.TIMESTAMP))
          .computed(List.of(new NamedExpression("landed", LANDED)))
          .rules(List.of(PLAUSIBLE));

  private Flights() {}

  static Batch flight(long at, String origin, Double delay) {
    return Rows.of(COLUMNS).row(at, origin, delay).batch();
  }

  static SourceSpec remembering(String span) {
    return SOURCE.identified(RowId.MADE, Span.parse(span));
  }
}
