package dev.penstock.app.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.app.json.JsonCells;
import dev.penstock.app.print.Times;
import dev.penstock.app.server.Endpoint.Lane;
import dev.penstock.app.server.Endpoint.Request;
import dev.penstock.data.Batch;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.platform.serve.Predictor;
import dev.penstock.platform.serve.Predictor.Predictions;
import dev.penstock.platform.serve.Serving;
import dev.penstock.platform.serve.Serving.Outcome;
import dev.penstock.platform.serve.Serving.OutcomeReceipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Predictions go out, and what became of them comes back. */
final class PredictionEndpoints {
  private static final List<Field> OUTCOME =
      List.of(
          Field.required("prediction_id", Scalar.STRING),
          Field.required("value", Scalar.FLOAT64),
          Field.required("event_time", Scalar.TIMESTAMP));

  private static final Field ID = Field.of(SystemColumns.ID, Scalar.STRING);

  private final Serving serving;
  private final Metrics metrics;

  PredictionEndpoints(Serving serving, Metrics metrics) {
    this.serving = serving;
    this.metrics = metrics;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.read("/v1/predict", ErrorStyle.PENSTOCK, this::predict),
        Endpoint.get("/v1/models/{model}", Lane.READ, this::model),
        Endpoint.write("/v1/outcomes", ErrorStyle.PENSTOCK, this::outcomes));
  }

  /** The version that answers, and what a question needs. */
  private Reply model(Request request) {
    Predictor predictor = serving.model(request.path().getOrDefault("model", ""));
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeStringField("model", predictor.model());
          json.writeStringField("version", predictor.version());
          PushEndpoints.writeFields(json, "inputs", predictor.inputs().fields());
          json.writeEndObject();
        });
  }

  /**
   * {@code {"model": …, "rows": [{…}], "q": …}}. A row may bring {@code _id}, the id of the row it
   * is about.
   */
  private Reply predict(Request request) throws IOException {
    JsonBody body = JsonBody.parse(request.body());
    Predictor predictor = serving.model(body.requiredText("model"));
    Schema wanted = predictor.inputs();
    List<Field> fields = new ArrayList<>(wanted.fields());
    fields.add(ID);
    JsonRows rows = JsonRows.toAsk(fields);
    try (JsonParser json = body.open("rows")) {
      rows.readArray(json);
    }
    Batch inputs = rows.asked();
    if (JsonRows.allNull(inputs.column(ID.name()))) {
      inputs = inputs.select(wanted.names());
    }
    Predictions answer = predictor.predict(inputs, body.moment("q"));
    metrics.predicted(answer.model(), answer.scores().length);
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeStringField("model", answer.model());
          json.writeStringField("version", answer.version());
          json.writeStringField("q", Times.instant(answer.q()));
          json.writeStringField("clock", FeatureEndpoints.clock(serving));
          FeatureEndpoints.writePositions(json, answer.positions());
          json.writeArrayFieldStart("predictions");
          for (int row = 0; row < answer.scores().length; row++) {
            json.writeStartObject();
            json.writeStringField("id", answer.ids().get(row));
            json.writeFieldName("score");
            JsonCells.writeNumber(json, answer.scores()[row]);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** {@code {"model": …, "outcomes": [{"prediction_id": …, "value": …, "event_time": …}]}}. */
  private Reply outcomes(Request request) throws IOException {
    JsonBody body = JsonBody.parse(request.body());
    String model = body.requiredText("model");
    JsonRows rows = JsonRows.toAsk(OUTCOME);
    try (JsonParser json = body.open("outcomes")) {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw JsonBody.malformed("'outcomes' must be a list of objects");
      }
      rows.readArray(json);
    }
    Batch batch = rows.asked();
    ObjectColumn ids = (ObjectColumn) batch.column(0);
    double[] values = ((DoubleColumn) batch.column(1)).values();
    long[] eventTimes = ((LongColumn) batch.column(2)).values();
    List<Outcome> outcomes = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      outcomes.add(
          new Outcome(Objects.requireNonNull(ids.string(row)), values[row], eventTimes[row]));
    }
    OutcomeReceipt receipt = serving.outcomes(model, outcomes);
    metrics.outcomes(model, receipt);
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeNumberField("recorded", receipt.recorded());
          json.writeArrayFieldStart("unknown");
          for (String id : receipt.unknown()) {
            json.writeString(id);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
