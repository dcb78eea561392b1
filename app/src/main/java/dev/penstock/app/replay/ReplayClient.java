package dev.penstock.app.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.penstock.app.json.Json;
import dev.penstock.app.json.JsonCells;
import dev.penstock.app.print.Times;
import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.SystemColumns;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The few requests a replay makes. Safe for use by many threads. */
final class ReplayClient {
  private static final int OK = 200;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String server;
  private final Latency predictions = new Latency("predict");
  private final Latency pushes = new Latency("push");

  ReplayClient(String server) {
    this.server = server;
  }

  record Pushed(long accepted, long duplicates, long quarantined, Positions position) {}

  /** How far the source reaches. */
  Positions position(String source) {
    try (JsonParser json = open(get("/v1/sources/" + encoded(source)))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("position")) {
          return Positions.parse(json.nextTextValue());
        }
      }
      return Positions.NONE;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** What the model wants to be asked with. */
  List<String> inputs(String model) {
    List<String> names = new ArrayList<>();
    try (JsonParser json = open(get("/v1/models/" + encoded(model)))) {
      boolean inputs = false;
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME) {
          inputs |= json.currentName().equals("inputs");
          if (inputs && json.currentName().equals("name")) {
            names.add(json.nextTextValue());
          }
        }
      }
    } catch (IOException e) {
      throw lost(e);
    }
    return names;
  }

  /** The rows {@code [from, to)} as a push has them, a line of JSON each. */
  static byte[] body(Batch rows, int from, int to) {
    List<SerializedString> names =
        rows.schema().names().stream().map(SerializedString::new).toList();
    return Json.bytes(
        json -> {
          for (int row = from; row < to; row++) {
            json.writeStartObject();
            for (int c = 0; c < names.size(); c++) {
              json.writeFieldName(names.get(c));
              JsonCells.write(json, rows.column(c), row);
            }
            json.writeEndObject();
            json.writeRaw('\n');
          }
        });
  }

  /** Pushes what {@link #body} wrote. */
  Pushed push(String source, byte[] body) {
    byte[] answer =
        post("/v1/sources/" + encoded(source) + "/rows", "application/x-ndjson", body, pushes);
    long accepted = 0;
    long duplicates = 0;
    long quarantined = 0;
    Positions position = Positions.NONE;
    try (JsonParser json = open(answer)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "accepted" -> accepted = json.getLongValue();
          case "duplicates" -> duplicates = json.getLongValue();
          case "position" -> position = Positions.parse(json.getText());
          case "quarantined" -> {
            while (json.nextToken() != JsonToken.END_ARRAY) {
              json.skipChildren();
              quarantined++;
            }
          }
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw lost(e);
    }
    return new Pushed(accepted, duplicates, quarantined, position);
  }

  /** Asks about all these rows at one moment. */
  void predict(String model, List<String> inputs, Batch rows, long q) {
    int[] columns = inputs.stream().mapToInt(rows.schema()::require).toArray();
    int id = rows.schema().require(SystemColumns.ID);
    byte[] body =
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("model", model);
              json.writeStringField("q", Times.instant(q));
              json.writeArrayFieldStart("rows");
              for (int row = 0; row < rows.rows(); row++) {
                json.writeStartObject();
                writeField(json, rows, id, row);
                for (int column : columns) {
                  writeField(json, rows, column, row);
                }
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeEndObject();
            });
    post("/v1/predict", "application/json", body, predictions);
  }

  List<Latency> latencies() {
    return List.of(predictions, pushes);
  }

  static PenstockException noSuchSource(String source) {
    return new PenstockException(
        ErrorCode.USAGE, "no file is given for source '" + source + "'", "add " + source + "=FILE");
  }

  private static void writeField(JsonGenerator json, Batch rows, int column, int row)
      throws IOException {
    json.writeFieldName(rows.schema().field(column).name());
    JsonCells.write(json, rows.column(column), row);
  }

  private byte[] get(String path) {
    return send(HttpRequest.newBuilder(URI.create(server + path)).GET().build());
  }

  private byte[] post(String path, String type, byte[] body, Latency latency) {
    long began = System.nanoTime();
    byte[] answer =
        send(
            HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    latency.add(System.nanoTime() - began);
    return answer;
  }

  private byte[] send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != OK) {
        throw new PenstockException(
            response.statusCode() == 409 ? ErrorCode.CLOCK_CONFLICT : ErrorCode.EVALUATION_FAILED,
            request.uri().getPath()
                + " answered "
                + response.statusCode()
                + ": "
                + new String(response.body(), StandardCharsets.UTF_8),
            "what was pushed stays; the same command again goes on from there");
      }
      return response.body();
    } catch (IOException e) {
      throw lost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw lost(e);
    }
  }

  private static JsonParser open(byte[] body) throws IOException {
    return Json.FACTORY.createParser(body);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private static PenstockException lost(Exception cause) {
    return new PenstockException(
        ErrorCode.UNKNOWN_STATE,
        null,
        "the server went away: " + cause.getMessage(),
        "start it again; the same command again goes on from there",
        cause);
  }

  /** How long requests took. */
  static final class Latency {
    private final String name;
    private long[] nanos = new long[1024];
    private int count;

    Latency(String name) {
      this.name = name;
    }

    synchronized void add(long nanos) {
      if (count == this.nanos.length) {
        this.nanos = Arrays.copyOf(this.nanos, count * 2);
      }
      this.nanos[count++] = nanos;
    }

    String name() {
      return name;
    }

    int count() {
      return count;
    }

    /** The latency below which this share of the requests stayed; null if there were none. */
    @Nullable Double millis(double share) {
      if (count == 0) {
        return null;
      }
      long[] sorted = Arrays.copyOf(nanos, count);
      Arrays.sort(sorted);
      return sorted[Math.min(count - 1, (int) (share * count))] / 1e6;
    }
  }
}
