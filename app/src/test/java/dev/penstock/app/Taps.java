package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A project that counts what comes of taps, and what clients of its server do. */
final class Taps {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Applies the definitions, with an environment of these settings. */
  Taps(Path folder, String settings) throws IOException {
    this.folder = folder;
    define(folder, settings);
    assertThat(CommandLineRun.onDisk(folder, "apply").err()).isEmpty();
  }

  /** Writes the definitions. */
  static void define(Path folder, String settings) throws IOException {
    Files.writeString(
        folder.resolve("penstock.yaml"),
        "project: taps\nenvironments: {local: {%s}}\n".formatted(settings));
    Files.writeString(
        folder.resolve("taps.yaml"),
        """
        source: taps
        owner: taps@example.com
        columns:
          tap: string not null
          at: timestamp not null
          drops: int64 not null
          note: string
        event_time: at
        ---
        entity: tap
        owner: taps@example.com
        keys: {tap: string}
        ---
        feature_view: flow
        owner: taps@example.com
        entity: tap
        source: taps
        features:
          - count() as times over lifetime
          - sum(drops) as drops over lifetime
        """);
  }

  /** A row of one drop, now. */
  static String row(String id, String tap, String note) {
    return "{\"_id\": \"%s\", \"tap\": \"%s\", \"at\": \"%s\", \"drops\": 1, \"note\": \"%s\"}"
        .formatted(id, tap, Instant.now(), note);
  }

  HttpResponse<String> push(String server, List<String> rows) throws IOException {
    return post(server + "/v1/sources/taps/rows", "{\"rows\": [" + String.join(",", rows) + "]}");
  }

  /** How many rows an answer acknowledges. */
  static int acknowledged(HttpResponse<String> answer) throws IOException {
    JsonNode receipt = JSON.readTree(answer.body());
    return receipt.get("accepted").asInt() + receipt.get("duplicates").asInt();
  }

  HttpResponse<String> get(String address) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(address)).build());
  }

  private HttpResponse<String> post(String address, String body) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows of each tap, as its features have them. */
  Map<String, Long> features(String server, int taps) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int tap = 0; tap < taps; tap++) {
      rows.append(tap == 0 ? "" : ",").append("{\"tap\": \"tap").append(tap).append("\"}");
    }
    HttpResponse<String> answer =
        post(
            server + "/v1/features",
            "{\"features\": [\"flow:times_lifetime\", \"flow:drops_lifetime\"], \"rows\": ["
                + rows
                + "]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode features = JSON.readTree(answer.body()).get("features");
    assertThat(features.get(0).get("values")).isEqualTo(features.get(1).get("values"));
    Map<String, Long> found = new TreeMap<>();
    for (int tap = 0; tap < taps; tap++) {
      found.put("tap" + tap, features.get(0).get("values").get(tap).asLong());
    }
    return found;
  }

  /** The rows of each tap in the lake, when no server runs. */
  Map<String, Long> lake() throws IOException {
    CommandLineRun run =
        CommandLineRun.onDisk(
            folder, "sql", "SELECT tap, count(*) AS n FROM taps GROUP BY tap", "--json");
    assertThat(run.err()).isEmpty();
    Map<String, Long> found = new TreeMap<>();
    for (JsonNode row : JSON.readTree(run.out()).get("rows")) {
      found.put(row.get("tap").asText(), row.get("n").asLong());
    }
    return found;
  }
}
