package dev.penstock.app.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.penstock.app.json.JsonCells;
import dev.penstock.app.print.Times;
import dev.penstock.app.server.Endpoint.Request;
import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.platform.serve.FeatureReader;
import dev.penstock.platform.serve.FeatureReader.FeatureAnswer;
import dev.penstock.platform.serve.Serving;
import java.io.IOException;
import java.util.List;

/**
 * {@code POST /get-online-features} as Feast's feature server speaks it: columns in, columns out,
 * what was asked with first. Features come in the order asked for. A value's event timestamp is the
 * moment it was computed for; what has no value has the epoch, as there.
 */
final class FeastFeaturesEndpoint {
  private static final SerializedString EPOCH = new SerializedString("1970-01-01T00:00:00Z");
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final Serving serving;
  private final Metrics metrics;

  FeastFeaturesEndpoint(Serving serving, Metrics metrics) {
    this.serving = serving;
    this.metrics = metrics;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.read("/get-online-features", ErrorStyle.FEAST, this::features));
  }

  private Reply features(Request request) throws IOException {
    JsonBody body = JsonBody.parse(request.body());
    FeatureReader reader =
        serving.features(
            FeatureEndpoints.selection(body.text("feature_service"), body.texts("features")));
    boolean fullNames = body.flag("full_feature_names");
    JsonRows rows = JsonRows.toAsk(reader.inputs().fields());
    try (JsonParser json = body.open("entities")) {
      rows.readColumns(json);
    }
    Batch inputs = rows.asked();
    FeatureAnswer answer = reader.read(inputs, null);
    metrics.featuresRead(inputs.rows());
    return Reply.json(json -> write(json, inputs, answer, fullNames));
  }

  private static void write(
      JsonGenerator json, Batch inputs, FeatureAnswer answer, boolean fullNames)
      throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("metadata");
    json.writeArrayFieldStart("feature_names");
    for (String input : inputs.schema().names()) {
      json.writeString(input);
    }
    for (FeatureColumn feature : answer.columns()) {
      json.writeString(fullNames ? feature.name() : bare(feature.name()));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeArrayFieldStart("results");
    for (Column input : inputs.columns()) {
      writeInput(json, input);
    }
    SerializedString moment = new SerializedString(Times.instant(answer.q()));
    for (FeatureColumn feature : answer.columns()) {
      writeFeature(json, feature, moment);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeInput(JsonGenerator json, Column input) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("values");
    for (int row = 0; row < input.size(); row++) {
      writeValue(json, input, row);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("statuses");
    for (int row = 0; row < input.size(); row++) {
      json.writeString(Statuses.ours(FeatureStatus.PRESENT));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("event_timestamps");
    for (int row = 0; row < input.size(); row++) {
      json.writeString(EPOCH);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeFeature(
      JsonGenerator json, FeatureColumn feature, SerializedString moment) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("values");
    for (int row = 0; row < feature.values().size(); row++) {
      writeValue(json, feature.values(), row);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("statuses");
    for (int row = 0; row < feature.values().size(); row++) {
      json.writeString(Statuses.feast(feature.status(row)));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("event_timestamps");
    for (int row = 0; row < feature.values().size(); row++) {
      json.writeString(feature.status(row) == FeatureStatus.NOT_FOUND ? EPOCH : moment);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** {@code view__feature} without its view. */
  private static String bare(String column) {
    return column.substring(column.indexOf("__") + 2);
  }

  /** An instant is a number of seconds on this wire; a float is written as the double it is. */
  private static void writeValue(JsonGenerator json, Column column, int row) throws IOException {
    if (!column.isNull(row) && column.type() == Scalar.TIMESTAMP) {
      json.writeNumber(Math.floorDiv(((LongColumn) column).values()[row], MICROS_PER_SECOND));
    } else if (!column.isNull(row) && column.type() == Scalar.FLOAT32) {
      JsonCells.writeNumber(json, ((FloatColumn) column).values()[row]);
    } else {
      JsonCells.write(json, column, row);
    }
  }
}
