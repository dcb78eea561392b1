package dev.penstock.app.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.penstock.app.json.JsonCells;
import dev.penstock.app.print.Times;
import dev.penstock.app.server.Endpoint.Request;
import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.serve.FeatureReader;
import dev.penstock.platform.serve.FeatureReader.FeatureAnswer;
import dev.penstock.platform.serve.Serving;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Features online, with all that is known of them. */
final class FeatureEndpoints {
  private final Serving serving;
  private final Metrics metrics;

  FeatureEndpoints(Serving serving, Metrics metrics) {
    this.serving = serving;
    this.metrics = metrics;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.read("/v1/features", ErrorStyle.PENSTOCK, this::features));
  }

  /** {@code {"service": … or "features": […], "rows": [{…}], "q": …}}. */
  private Reply features(Request request) throws IOException {
    JsonBody body = JsonBody.parse(request.body());
    FeatureReader reader =
        serving.features(selection(body.text("service"), body.texts("features")));
    JsonRows rows = JsonRows.toAsk(reader.inputs().fields());
    try (JsonParser json = body.open("rows")) {
      rows.readArray(json);
    }
    Batch inputs = rows.asked();
    FeatureAnswer answer = reader.read(inputs, body.moment("q"));
    metrics.featuresRead(inputs.rows());
    return Reply.json(json -> write(json, answer));
  }

  private void write(JsonGenerator json, FeatureAnswer answer) throws IOException {
    json.writeStartObject();
    json.writeStringField("q", Times.instant(answer.q()));
    json.writeStringField("clock", clock(serving));
    writePositions(json, answer.positions());
    json.writeObjectFieldStart("fingerprints");
    for (Map.Entry<String, Fingerprint> view : answer.fingerprints().entrySet()) {
      json.writeStringField(view.getKey(), view.getValue().hex());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("features");
    for (FeatureColumn column : answer.columns()) {
      json.writeStartObject();
      json.writeStringField("name", column.name());
      json.writeStringField("type", column.values().type().toString());
      json.writeArrayFieldStart("values");
      for (int row = 0; row < column.values().size(); row++) {
        JsonCells.write(json, column.values(), row);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("statuses");
      for (int row = 0; row < column.values().size(); row++) {
        json.writeString(Statuses.ours(column.status(row)));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void writePositions(JsonGenerator json, Map<String, Positions> positions)
      throws IOException {
    json.writeObjectFieldStart("positions");
    for (Map.Entry<String, Positions> source : positions.entrySet()) {
      json.writeStringField(source.getKey(), source.getValue().toString());
    }
    json.writeEndObject();
  }

  static String clock(Serving serving) {
    return switch (serving.clock()) {
      case WALL -> "wall";
      case REPLAY -> "replay";
    };
  }

  static FeatureSelection selection(@Nullable String service, @Nullable List<String> references) {
    boolean named = references != null && !references.isEmpty();
    if (service != null && named) {
      throw new PenstockException(
          ErrorCode.USAGE, "the request names a feature service and features", "name one of them");
    }
    if (service != null) {
      return new FeatureSelection.Service(service);
    }
    if (references == null || !named) {
      throw new PenstockException(
          ErrorCode.USAGE, "the request names neither a feature service nor features", "");
    }
    return new FeatureSelection.References(references);
  }
}
