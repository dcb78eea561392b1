package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.testkit.Seeds;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Producers push rows over HTTP, each again until it is acknowledged, while the server is killed
 * again and again. In the end producers, features and lake agree on every key, exactly.
 */
class AcknowledgedTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PRODUCERS = 4;
  private static final int KEYS = 7;
  private static final int MOST_ROWS = 50;

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicLong acknowledgements = new AtomicLong();
  private volatile String address = "";
  private volatile boolean over;

  @Test
  void producers_features_and_lake_agree_on_every_key_whenever_the_server_was_killed()
      throws Exception {
    Files.writeString(
        folder.resolve("penstock.yaml"),
        "project: taps\nenvironments: {local: {flush: {rows: 500}}}\n");
    Files.writeString(
        folder.resolve("taps.yaml"),
        """
        source: taps
        owner: taps@example.com
        columns:
          tap: string not null
          at: timestamp not null
          drops: int64 not null
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
    assertThat(CommandLineRun.onDisk(folder, "apply").err()).isEmpty();
    SplittableRandom random = new SplittableRandom(17);
    List<Map<String, Long>> told = new ArrayList<>();
    try (Processes processes = new Processes()) {
      Processes.Server server = serve(processes);
      List<CompletableFuture<Void>> producers = new ArrayList<>();
      for (int producer = 0; producer < PRODUCERS; producer++) {
        Map<String, Long> counted = new TreeMap<>();
        told.add(counted);
        SplittableRandom own = random.split();
        int number = producer;
        producers.add(CompletableFuture.runAsync(() -> produce(number, own, counted)));
      }
      for (long kill : Seeds.of(5, 50).toArray()) {
        long until = acknowledgements.get() + random.nextInt(5, 60);
        assertThat(Processes.kill(server.process(), () -> acknowledgements.get() >= until))
            .as("kill %d", kill)
            .isTrue();
        server = serve(processes);
      }
      over = true;
      producers.forEach(CompletableFuture::join);
      Map<String, Long> acknowledged = new TreeMap<>();
      told.forEach(one -> one.forEach((key, drops) -> acknowledged.merge(key, drops, Long::sum)));
      assertThat(acknowledged).hasSize(KEYS);
      assertThat(features()).isEqualTo(acknowledged);
      server.process().destroy();
      assertThat(server.process().onExit().join().exitValue()).isIn(0, 143);
      assertThat(lake()).isEqualTo(acknowledged);
    }
  }

  private Processes.Server serve(Processes processes) throws IOException {
    Processes.Server server = processes.serve(folder);
    address = server.address();
    return server;
  }

  /** Pushes rows, the same ones again until they are acknowledged, and counts those that are. */
  private void produce(int producer, SplittableRandom random, Map<String, Long> counted) {
    for (long push = 0; !over; push++) {
      Map<String, Long> keys = new TreeMap<>();
      StringBuilder rows = new StringBuilder();
      int count = random.nextInt(1, MOST_ROWS);
      for (int row = 0; row < count; row++) {
        String tap = "tap" + random.nextInt(KEYS);
        rows.append(row == 0 ? "" : ",")
            .append(
                "{\"_id\": \"%d-%d-%d\", \"tap\": \"%s\", \"at\": \"%s\", \"drops\": 1}"
                    .formatted(producer, push, row, tap, Instant.now()));
        keys.merge(tap, 1L, Long::sum);
      }
      pushUntilAcknowledged("{\"rows\": [" + rows + "]}", count);
      keys.forEach((key, drops) -> counted.merge(key, drops, Long::sum));
    }
  }

  private void pushUntilAcknowledged(String body, int count) {
    while (true) {
      try {
        HttpResponse<String> answer = post("/v1/sources/taps/rows", body);
        if (answer.statusCode() == 200) {
          JsonNode receipt = JSON.readTree(answer.body());
          assertThat(receipt.get("accepted").asInt() + receipt.get("duplicates").asInt())
              .as(answer.body())
              .isEqualTo(count);
          acknowledgements.incrementAndGet();
          return;
        }
        assertThat(answer.statusCode()).as(answer.body()).isIn(429, 503);
      } catch (IOException e) {
        // Killed; the rows may be there or not, and are sent again.
        Thread.onSpinWait();
      }
    }
  }

  private HttpResponse<String> post(String path, String body) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(address + path))
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Long> features() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int key = 0; key < KEYS; key++) {
      rows.append(key == 0 ? "" : ",").append("{\"tap\": \"tap").append(key).append("\"}");
    }
    HttpResponse<String> answer =
        post(
            "/v1/features",
            "{\"features\": [\"flow:times_lifetime\", \"flow:drops_lifetime\"], \"rows\": ["
                + rows
                + "]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode features = JSON.readTree(answer.body()).get("features");
    assertThat(features.get(0).get("values")).isEqualTo(features.get(1).get("values"));
    Map<String, Long> found = new TreeMap<>();
    for (int key = 0; key < KEYS; key++) {
      found.put("tap" + key, features.get(0).get("values").get(key).asLong());
    }
    return found;
  }

  private Map<String, Long> lake() throws IOException {
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
