package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.platform.Platform;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.command.Operations.Parity;
import dev.penstock.platform.command.Operations.Train;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
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
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table that is inserted into, updated and deleted from, pushed to a server as its change feed:
 * every answer is that over the table as it stands.
 */
class ChangesOverHttpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2001-02-01T00:00:00Z"));
  private static final String DEFINITIONS =
      """
      source: orders
      owner: shop@example.com
      columns:
        order_id: int64 not null
        at: timestamp not null
        shop: string not null
        amount: float64 not null
        op: string not null
      event_time: at
      primary_key: order_id
      changes: {operation: op}
      ---
      source: visits
      owner: shop@example.com
      columns:
        visit: string not null
        at: timestamp not null
        shop: string not null
        bought: boolean not null
      event_time: at
      id: visit
      ---
      entity: shop
      owner: shop@example.com
      keys: {shop: string}
      ---
      feature_view: turnover
      owner: shop@example.com
      entity: shop
      source: orders
      features:
        - count() as orders over 24h
        - sum(amount) as amount over 24h
        - max(amount) as largest over 24h
        - last(amount) as latest over 24h
      ---
      feature_service: shops
      owner: shop@example.com
      features: [turnover]
      ---
      dataset: visitors
      owner: shop@example.com
      spine: visits
      label: {name: bought, from: visits, value: bought, join: visit}
      features: shops
      splits: {train: {from: 2001-01-01, to: 2001-01-02}, test: {from: 2001-01-02, to: 2001-01-03}}
      ---
      model: buyer
      owner: shop@example.com
      dataset: visitors
      trainer: xgboost
      features: all
      parameters: {max_depth: 2, rounds: 2}
      """;

  /** A row of the table. */
  private record Order(Instant at, String shop, double amount) {}

  /** What was served of a shop. */
  private record Served(Instant q, String shop, List<@Nullable Object> values) {}

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Long, Order> orders = new HashMap<>();
  private final List<Served> served = new ArrayList<>();
  private Instant now = Instant.parse("2001-01-03T00:00:00Z");
  private int changes;
  private Operations project;
  private PenstockServer server;

  private void open() {
    project = new Platform().open(new Workspace(folder.toAbsolutePath(), "local"), CLOCK);
  }

  private void serve() {
    server =
        PenstockServer.start(
            "127.0.0.1",
            0,
            new PenstockServer.Served(
                project,
                project.serving(ClockMode.REPLAY),
                "secret",
                (command, out, err) -> 0,
                folder.resolve("cache")));
  }

  private void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
    project.close();
  }

  @AfterEach
  void close() {
    stop();
  }

  /** Orders and visits of two days, and a model. */
  private void train() throws IOException {
    write("penstock.yaml", "project: shop\n");
    write("shop.yaml", DEFINITIONS);
    StringBuilder feed = new StringBuilder("order_id,at,shop,amount,op\n");
    StringBuilder visits = new StringBuilder("visit,at,shop,bought\n");
    for (long i = 0; i < 48; i++) {
      Instant at = Instant.parse("2001-01-01T00:00:00Z").plusSeconds(3600 * i);
      String shop = i % 3 == 0 ? "b" : "a";
      feed.append(i + "," + at + "," + shop + "," + (i + 0.5) + ",c\n");
      visits.append("v" + i + "," + at + "," + shop + "," + (i % 2 == 0) + "\n");
      orders.put(i, new Order(at, shop, i + 0.5));
    }
    feed.append("40,2001-01-02T16:30:00Z,a,99.5,u\n");
    orders.put(40L, new Order(Instant.parse("2001-01-02T16:30:00Z"), "a", 99.5));
    feed.append("41,2001-01-02T23:30:00Z,,,d\n");
    orders.remove(41L);
    write("orders.csv", feed.toString());
    write("visits.csv", visits.toString());
    open();
    done(project.apply(Progress.SILENT));
    for (String source : List.of("orders", "visits")) {
      Path file = folder.resolve(source + ".csv");
      done(project.ingest(new Ingest(source, List.of(file), Ingest.Mode.HISTORY), Progress.SILENT));
    }
    done(project.buildDataset("visitors", null, Progress.SILENT));
    done(project.trainModel(new Train("buyer", null, List.of()), Progress.SILENT));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static Answer done(Answer answer) {
    assertThat(answer.failure()).isNull();
    return answer;
  }

  private static List<List<Object>> table(Answer answer, String name) {
    return answer.parts().stream()
        .filter(part -> part instanceof Answer.Table table && table.name().equals(name))
        .flatMap(part -> ((Answer.Table) part).rows().stream())
        .toList();
  }

  @Test
  void every_answer_is_over_the_table_as_it_stands() throws Exception {
    train();
    serve();
    ask();
    put(100, "a", 12.25, "c");
    ask();
    put(40, "a", 1.5, "u");
    ask();
    put(47, "b", 3.5, "u");
    ask();
    delete(38);
    ask();
    delete(100);
    ask();

    JsonNode refused = push("{\"order_id\": 100, \"op\": \"d\"}");
    assertThat(refused.get("accepted").asInt()).isZero();
    assertThat(refused.at("/quarantined/0/code").asText()).isEqualTo("NO_ROW_TO_RETRACT");
    ask();

    stop();
    open();
    serve();
    ask();
    delete(47);
    put(41, "b", 8.5, "c");
    ask();
    String twice =
        "{\"order_id\": 200, \"at\": \"2001-01-02T09:00:00Z\", \"shop\": \"b\","
            + " \"amount\": 2, \"op\": \"c\", \"_id\": \"once\"}";
    assertThat(push(twice).get("accepted").asInt()).isEqualTo(1);
    assertThat(push(twice).get("duplicates").asInt()).isEqualTo(1);
    orders.put(200L, new Order(Instant.parse("2001-01-02T09:00:00Z"), "b", 2));
    ask();

    assertThat(served).hasSize(20);
    for (Served answer : served) {
      assertThat(offline(answer.q(), answer.shop()))
          .as("%s at %s", answer.shop(), answer.q())
          .isEqualTo(answer.values());
    }
    assertThat(table(done(project.parity(new Parity(0, 1), Progress.SILENT)), "parity"))
        .singleElement()
        .satisfies(row -> assertThat(row.subList(0, 4)).isEqualTo(List.of("buyer", 20, 20, 1.0)));
  }

  private void put(long id, String shop, double amount, String operation) throws Exception {
    Instant at = Instant.parse("2001-01-02T12:00:00Z").plusSeconds(60L * ++changes);
    JsonNode receipt =
        push(
            "{\"order_id\": %d, \"at\": \"%s\", \"shop\": \"%s\", \"amount\": %s, \"op\": \"%s\"}"
                .formatted(id, at, shop, amount, operation));
    assertThat(receipt.get("accepted").asInt()).isEqualTo(1);
    orders.put(id, new Order(at, shop, amount));
  }

  private void delete(long id) throws Exception {
    JsonNode receipt = push("{\"order_id\": %d, \"op\": \"d\"}".formatted(id));
    assertThat(receipt.get("accepted").asInt()).isEqualTo(1);
    assertThat(orders.remove(id)).isNotNull();
  }

  private JsonNode push(String row) throws Exception {
    return post(
        "/v1/sources/orders/rows", "{\"seen_time\": \"%s\", \"rows\": [%s]}".formatted(now, row));
  }

  /** Asks for features and a prediction of both shops, at a moment after all that was pushed. */
  private void ask() throws Exception {
    now = now.plusSeconds(60);
    for (String shop : List.of("a", "b")) {
      String rows = "\"rows\": [{\"shop\": \"%s\"}], \"q\": \"%s\"".formatted(shop, now);
      JsonNode answer = post("/v1/features", "{\"service\": \"shops\", " + rows + "}");
      List<@Nullable Object> values = new ArrayList<>();
      for (JsonNode feature : answer.get("features")) {
        JsonNode value = feature.at("/values/0");
        boolean whole = feature.get("type").asText().equals("int64");
        values.add(
            value.isNull() ? null : whole ? (Object) value.longValue() : value.doubleValue());
      }
      assertThat(values).as("%s at %s", shop, now).isEqualTo(expected(shop));
      served.add(new Served(now, shop, values));
      post("/v1/predict", "{\"model\": \"buyer@1\", " + rows + "}");
    }
  }

  private List<@Nullable Object> expected(String shop) {
    List<Order> window =
        orders.values().stream()
            .filter(order -> order.shop().equals(shop))
            .filter(order -> !order.at().isBefore(now.minus(24, ChronoUnit.HOURS)))
            .filter(order -> order.at().isBefore(now))
            .sorted(Comparator.comparing(Order::at))
            .toList();
    return Arrays.asList(
        (long) window.size(),
        window.stream().mapToDouble(Order::amount).sum(),
        window.stream().mapToDouble(Order::amount).max().orElseThrow(),
        window.get(window.size() - 1).amount());
  }

  private List<@Nullable Object> offline(Instant q, String shop) {
    Answer answer =
        project.explain(
            new Lookup(
                new FeatureSelection.Service("shops"),
                List.of(new Assignment("shop", shop)),
                ChronoUnit.MICROS.between(Instant.EPOCH, q)));
    List<@Nullable Object> values = new ArrayList<>();
    table(done(answer), "features").forEach(row -> values.add(row.get(1)));
    return values;
  }

  private JsonNode post(String path, String body) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }
}
