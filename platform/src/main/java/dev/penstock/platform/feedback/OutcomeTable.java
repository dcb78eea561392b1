package dev.penstock.platform.feedback;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.platform.serve.Serving;
import java.util.List;
import java.util.UUID;

/** Outcomes that callers report for predictions, as a table of the lake. */
public final class OutcomeTable {
  public static final String PREDICTION_ID = PredictionTable.ID;
  public static final String VALUE = "value";
  public static final String EVENT_TIME = "event_time";
  public static final String SEEN_TIME = "seen_time";

  public static final Schema SCHEMA =
      Schema.of(
          Field.required(PREDICTION_ID, Scalar.STRING),
          Field.required(VALUE, Scalar.FLOAT64),
          Field.required(EVENT_TIME, Scalar.TIMESTAMP),
          Field.required(SEEN_TIME, Scalar.TIMESTAMP));

  private OutcomeTable() {}

  /** The name of a model's table. */
  public static String name(String model) {
    return model + "__outcomes";
  }

  /** An id for a prediction of this model. */
  public static String newId(String model, UUID unique) {
    return model + "." + unique;
  }

  /** Whether this is an id that a prediction of this model could have. */
  public static boolean isIdOf(String model, String id) {
    return id.startsWith(model + ".") && id.length() == model.length() + 37;
  }

  public static Batch rows(List<Serving.Outcome> outcomes, long seenTime) {
    ColumnBuilder ids = ColumnBuilder.of(Scalar.STRING, outcomes.size());
    ColumnBuilder values = ColumnBuilder.of(Scalar.FLOAT64, outcomes.size());
    ColumnBuilder events = ColumnBuilder.of(Scalar.TIMESTAMP, outcomes.size());
    ColumnBuilder seen = ColumnBuilder.of(Scalar.TIMESTAMP, outcomes.size());
    for (Serving.Outcome outcome : outcomes) {
      ids.appendObject(outcome.predictionId());
      values.appendDouble(outcome.value());
      events.appendLong(outcome.eventTime());
      seen.appendLong(seenTime);
    }
    List<Column> columns = List.of(ids.build(), values.build(), events.build(), seen.build());
    return new Batch(SCHEMA, columns);
  }
}
