package dev.penstock.app.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.linecorp.armeria.common.MediaType;
import dev.penstock.app.json.Json;
import dev.penstock.app.print.Times;
import dev.penstock.app.server.Endpoint.Lane;
import dev.penstock.app.server.Endpoint.Request;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.serve.Intake;
import dev.penstock.platform.serve.Intake.Receipt;
import dev.penstock.platform.serve.Intake.Refused;
import dev.penstock.platform.serve.Intake.Standing;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.RawRows;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows come in: our route and Feast's. */
final class PushEndpoints {
  private static final Set<String> FEAST_STORES = Set.of("online", "offline", "online_and_offline");

  private final Serving serving;
  private final Metrics metrics;

  PushEndpoints(Serving serving, Metrics metrics) {
    this.serving = serving;
    this.metrics = metrics;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.write("/v1/sources/{source}/rows", ErrorStyle.PENSTOCK, this::rows),
        Endpoint.write("/v1/sources/{source}/events", ErrorStyle.PENSTOCK, this::events),
        Endpoint.get("/v1/sources/{source}", Lane.READ, this::standing),
        Endpoint.write("/push", ErrorStyle.FEAST, this::feastPush));
  }

  /** What a row of the source has, and how far the source has come. */
  private Reply standing(Request request) {
    String source = request.path().getOrDefault("source", "");
    Intake intake = serving.source(source);
    Standing standing = intake.standing();
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeStringField("source", source);
          writeFields(json, "columns", intake.schema().fields());
          json.writeStringField("position", standing.position().toString());
          Long seenTime = standing.seenTime();
          json.writeStringField("seen_time", seenTime == null ? null : Times.instant(seenTime));
          json.writeEndObject();
        });
  }

  /** {@code [{"name": …, "type": …, "nullable": …}]}. */
  static void writeFields(JsonGenerator json, String name, List<Field> fields) throws IOException {
    json.writeArrayFieldStart(name);
    for (Field field : fields) {
      json.writeStartObject();
      json.writeStringField("name", field.name());
      json.writeStringField("type", field.type().toString());
      json.writeBooleanField("nullable", field.nullable());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** {@code {"rows": […], "seen_time": …}}, or a row a line with {@code ?seen_time=…}. */
  private Reply rows(Request request) throws IOException {
    String source = request.path().getOrDefault("source", "");
    Intake intake = serving.source(source);
    JsonRows rows = JsonRows.toPush(intake.schema(), intake.extraColumns());
    Long seenTime;
    if (EventForm.of(request.type()) == EventForm.NDJSON) {
      readLines(request.body(), rows);
      seenTime = moment(request.query().get("seen_time"));
    } else {
      JsonBody body = JsonBody.parse(request.body());
      try (JsonParser json = body.open("rows")) {
        rows.readArray(json);
      }
      seenTime = body.moment("seen_time");
    }
    return receipt(push(source, intake, rows, seenTime));
  }

  /** Rows in any form, each judged alone: {@code ?seen_time=…} is when all became known. */
  private Reply events(Request request) throws IOException {
    String source = request.path().getOrDefault("source", "");
    Intake intake = serving.source(source);
    EventRows events =
        EventRows.read(EventForm.of(request.type()), request.body(), intake, JsonRows.MOST_ROWS);
    Long seenTime = moment(request.query().get("seen_time"));
    Receipt receipt =
        intake.push(seenTime == null ? events.rows() : events.rows().seenAt(seenTime));
    metrics.pushed(source, receipt);
    return receipt(receipt, events.lines());
  }

  /**
   * Feast's {@code {"push_source_name": …, "df": {column: […]}, "to": …}}. Rows always reach log
   * and features, whatever {@code to} says: here the two cannot differ.
   */
  private Reply feastPush(Request request) throws IOException {
    JsonBody body = JsonBody.parse(request.body());
    String to = body.text("to");
    if (to != null && !FEAST_STORES.contains(to)) {
      throw new PenstockException(
          ErrorCode.USAGE, "'to' is '" + to + "'", "it is one of " + FEAST_STORES);
    }
    String source = body.requiredText("push_source_name");
    Intake intake = serving.source(source);
    JsonRows rows = JsonRows.toPush(intake.schema(), intake.extraColumns());
    try (JsonParser json = body.open("df")) {
      rows.readColumns(json);
    }
    return receipt(push(source, intake, rows, null));
  }

  private Receipt push(String source, Intake intake, JsonRows rows, @Nullable Long seenTime) {
    RawRows raw = rows.pushed();
    Receipt receipt = intake.push(seenTime == null ? raw : raw.seenAt(seenTime));
    metrics.pushed(source, receipt);
    return receipt;
  }

  private static void readLines(byte[] body, JsonRows rows) throws IOException {
    int from = 0;
    for (int line = 1; from < body.length; line++) {
      int to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      if (!isBlank(body, from, to)) {
        try (JsonParser json = Json.FACTORY.createParser(body, from, to - from)) {
          json.nextToken();
          rows.readObject(json);
          if (json.nextToken() != null) {
            throw JsonBody.malformed("line " + line + " has more after its object");
          }
        } catch (JsonProcessingException e) {
          throw JsonBody.malformed("line " + line + ": " + e.getOriginalMessage());
        }
      }
      from = to + 1;
    }
  }

  static boolean isBlank(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Long moment(@Nullable String text) {
    try {
      return text == null ? null : Times.parseInstant(text);
    } catch (DateTimeException e) {
      throw JsonBody.malformed("seen_time '" + text + "' is no moment");
    }
  }

  private static Reply receipt(Receipt receipt) {
    return receipt(receipt, EventRows.NO_LINES);
  }

  private static Reply receipt(Receipt receipt, EventRows.Lines lines) {
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeNumberField("accepted", receipt.accepted());
          json.writeNumberField("duplicates", receipt.duplicates());
          json.writeArrayFieldStart("quarantined");
          for (Refused refused : receipt.quarantined()) {
            json.writeStartObject();
            json.writeNumberField("index", refused.index());
            int line = lines.of(refused.index());
            if (line > 0) {
              json.writeNumberField("line", line);
            }
            json.writeStringField("code", refused.reason().name());
            json.writeStringField("message", refused.message());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("position", receipt.position().toString());
          json.writeEndObject();
        });
  }

  /** The media types a push may have. */
  static boolean accepts(MediaType type) {
    return EventForm.known(type);
  }
}
