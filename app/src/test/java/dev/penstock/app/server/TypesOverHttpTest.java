package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.format.InputFile;
import dev.penstock.platform.Platform;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values from each kind of file and a push to the answer, online and offline, without loss. */
class TypesOverHttpTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2001-02-01T00:00:00Z"));
  private static final Instant Q = Instant.parse("2001-01-01T12:00:00Z");
  private static final String HUGE = "12345678901234567890123456789012.345678";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Operations project;
  private PenstockServer server;

  private void open(String columns, String features) throws IOException {
    write("penstock.yaml", "project: shop\n");
    write(
        "shop.yaml",
        """
        source: payments
        owner: shop@example.com
        columns:
          payment: string not null
          at: timestamp not null
          shop: string not null
        %s
        event_time: at
        id: payment
        ---
        entity: shop
        owner: shop@example.com
        keys: {shop: string}
        ---
        feature_view: paid
        owner: shop@example.com
        entity: shop
        source: payments
        features:
        %s
        ---
        feature_service: shops
        owner: shop@example.com
        features: [paid]
        """
            .formatted(columns.indent(2).stripTrailing(), features.indent(2).stripTrailing()));
    project = new Platform().open(new Workspace(folder.toAbsolutePath(), "local"), CLOCK);
    done(project.apply(Progress.SILENT));
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
    project.close();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Answer done(Answer answer) {
    assertThat(answer.failure()).isNull();
    return answer;
  }

  private void ingest(String... names) {
    for (String name : names) {
      done(
          project.ingest(
              new Ingest("payments", List.of(folder.resolve(name)), Ingest.Mode.HISTORY),
              Progress.SILENT));
    }
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

  /** What a program that knows nothing of us writes. */
  private void parquet(String name, String select) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + folder.resolve(name) + "'");
    }
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

  private JsonNode push(String rows) throws Exception {
    return post(
        "/v1/sources/payments/rows",
        "{\"seen_time\": \"2001-01-01T11:00:00Z\", \"rows\": [%s]}".formatted(rows));
  }

  /** The features of a shop as they are served, after the view's name; of errors the status. */
  private Map<String, JsonNode> online(String shop) throws Exception {
    JsonNode answer =
        post(
            "/v1/features",
            "{\"service\": \"shops\", \"rows\": [{\"shop\": \"%s\"}], \"q\": \"%s\"}"
                .formatted(shop, Q));
    Map<String, JsonNode> features = new LinkedHashMap<>();
    for (JsonNode feature : answer.get("features")) {
      JsonNode status = feature.at("/statuses/0");
      features.put(
          feature.get("name").asText().replace("paid__", ""),
          status.asText().equals("ERROR") ? status : feature.at("/values/0"));
    }
    return features;
  }

  private List<Object> offline(String shop) {
    Answer answer =
        project.explain(
            new Lookup(
                new FeatureSelection.Service("shops"),
                List.of(new Assignment("shop", shop)),
                ChronoUnit.MICROS.between(Instant.EPOCH, Q)));
    return done(answer).parts().stream()
        .filter(part -> part instanceof Answer.Table table && table.name().equals("features"))
        .flatMap(part -> ((Answer.Table) part).rows().stream())
        .map(row -> row.get(1))
        .toList();
  }

  private void assertOfflineIsTheSame(String shop) throws Exception {
    List<Object> offline = offline(shop);
    List<JsonNode> online = List.copyOf(online(shop).values());
    assertThat(offline).hasSameSizeAs(online);
    for (int i = 0; i < online.size(); i++) {
      Object value = offline.get(i);
      JsonNode served = online.get(i);
      Object same =
          value == null
              ? served.asText().equals("ERROR") ? null : served
              : value instanceof BigDecimal
                  ? served.decimalValue()
                  : value instanceof Double
                      ? (Object) served.doubleValue()
                      : value instanceof Long
                          ? (Object) served.longValue()
                          : served.isArray() ? served.toString() : served.asText();
      assertThat(same).isEqualTo(value);
    }
  }

  private String quarantined() {
    return done(project.quarantine("payments", 100)).parts().toString();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  @Test
  void decimals_go_from_every_file_and_a_push_to_the_answer_without_loss() throws Exception {
    open(
        "amount: decimal(38,6)",
        """
        - sum(amount) as sum over 24h
        - sum(amount + 0.5) as more over 24h
        - mean(amount) as mean over 24h
        - min(amount) as min over 24h
        - max(amount) as max where (amount > 0) over 24h
        - first(amount) as first over 24h
        - last(amount) as last over 24h
        - distinct_count(amount) as distinct over 24h
        - top_k(amount, 1) as top over 24h
        """);
    write(
        "a.csv",
        "payment,at,shop,amount\na,2001-01-01T01:00:00Z,s,%s\nn,2001-01-01T02:00:00Z,s,\n"
            .formatted(HUGE));
    write(
        "b.ndjson",
        "{\"payment\":\"b\",\"at\":\"2001-01-01T03:00:00Z\",\"shop\":\"s\",\"amount\":-%s}\n"
            .formatted(HUGE));
    parquet(
        "c.parquet",
        "SELECT 'c' AS payment, TIMESTAMPTZ '2001-01-01 04:00:00+00' AS \"at\", 's' AS shop,"
            + " 0.100000::DECIMAL(38,6) AS amount");
    ingest("a.csv", "b.ndjson", "c.parquet");
    serve();
    String row =
        "{\"payment\":\"%s\",\"at\":\"2001-01-01T0%s:00:00Z\",\"shop\":\"%s\",\"amount\":%s}";
    JsonNode receipt =
        push(
            String.join(
                ",",
                row.formatted("d", 5, "s", "0.2"),
                row.formatted("e", 6, "s", "\"0.1\""),
                row.formatted("f", 6, "t", "99999999999999999999999999999999.999999"),
                row.formatted("g", 7, "t", "0.000001"),
                row.formatted("h", 7, "t", "0.0000001"),
                row.formatted("i", 7, "t", "1e999999999")));
    assertThat(receipt.get("accepted").asInt()).isEqualTo(4);
    assertThat(receipt.get("quarantined")).hasSize(2);

    Map<String, JsonNode> served = online("s");
    assertThat(served.get("sum_24h").decimalValue()).isEqualTo(decimal("0.400000"));
    assertThat(served.get("more_24h").decimalValue()).isEqualTo(decimal("2.900000"));
    assertThat(served.get("mean_24h").doubleValue()).isEqualTo(0.4 / 5);
    assertThat(served.get("min_24h").decimalValue()).isEqualTo(decimal("-" + HUGE));
    assertThat(served.get("max_24h").decimalValue()).isEqualTo(decimal(HUGE));
    assertThat(served.get("first_24h").decimalValue()).isEqualTo(decimal(HUGE));
    assertThat(served.get("last_24h").decimalValue()).isEqualTo(decimal("0.100000"));
    assertThat(served.get("distinct_24h").intValue()).isEqualTo(4);
    assertThat(served.get("top_24h").asText()).isEqualTo("[[0.100000,2]]");
    assertThat(online("t").get("sum_24h").asText()).isEqualTo("ERROR");
    assertOfflineIsTheSame("s");
    assertOfflineIsTheSame("t");
  }

  @Test
  void fields_inside_others_are_columns_by_their_path_in_every_form() throws Exception {
    open(
        """
        pay.amount: decimal(10,2) not null
        pay.card.name: string
        pay.card.scores: vector
        """,
        """
        - sum(pay.amount) as sum over 24h
        - last(pay.card.name) as card over 24h
        - count(pay.card.name) as cards over 24h
        - sum(pay.amount) as large where (pay.amount > 2 AND pay.card.name LIKE 'v%') over 24h
        - vector_sum(pay.card.scores) as scores over 24h
        """);
    String row = "{\"payment\":\"%s\",\"at\":\"2001-01-01T0%s:00:00Z\",\"shop\":\"s\",%s}\n";
    write(
        "a.csv",
        "payment,at,shop,pay.amount,pay.card.name,pay.card.scores\n"
            + "a,2001-01-01T01:00:00Z,s,1.25,visa,[1]\n");
    write(
        "b.ndjson",
        row.formatted("b", 2, "\"pay\":{\"amount\":2.50,\"card\":{\"name\":\"v2\"}}")
            + row.formatted("c", 3, "\"pay\":{\"card\":null,\"amount\":1}")
            + row.formatted("n1", 3, "\"pay\":5")
            + row.formatted("n2", 3, "\"pay\":{\"amount\":1.005}")
            + row.formatted("n3", 3, "\"pay\":{\"card\":{\"name\":\"x\"}}")
            + row.formatted("n4", 3, "\"pay\":{\"amount\":1,\"amont\":2}"));
    String parquet =
        "SELECT '%s' AS payment, TIMESTAMPTZ '2001-01-01 0%s:00:00+00' AS \"at\", 's' AS shop, %s"
            + " AS pay";
    parquet(
        "c.parquet",
        parquet.formatted(
                "d",
                4,
                "{'amount': 4.00::DECIMAL(10,2), 'card': {'name': 'v3', 'scores': [2::FLOAT]}}")
            + " UNION ALL "
            + parquet.formatted("e", 5, "{'amount': 8.00, 'card': NULL}")
            + " UNION ALL "
            + parquet.formatted("f", 6, "NULL"));
    ingest("a.csv", "b.ndjson", "c.parquet");
    serve();
    JsonNode receipt =
        push(
            String.join(
                ",",
                row.formatted("g", 7, "\"pay\":{\"amount\":16,\"card\":{\"scores\":[4]}}"),
                row.formatted("h", 7, "\"pay.amount\":32"),
                row.formatted("i", 7, "\"pay\":[1]"),
                row.formatted("j", 7, "\"pay\":{\"amount\":\"x\"}"),
                row.formatted("k", 7, "\"pay\":{\"card\":{\"name\":\"x\"}}"),
                row.formatted("l", 7, "\"pay\":{\"amount\":1,\"card\":\"x\"}")));
    assertThat(receipt.get("accepted").asInt()).isEqualTo(2);
    List<String> refused = new ArrayList<>();
    receipt.get("quarantined").forEach(one -> refused.add(one.get("message").asText()));
    assertThat(refused)
        .containsExactly(
            "pay.amount is […], which is no decimal(10,2)",
            "pay.amount is x, which is no decimal(10,2)",
            "pay.amount is null, but declared not null",
            "pay.card.name is x, which is no string");
    assertThat(quarantined())
        .contains(
            "column 'pay': '5' is no object",
            "column 'pay.amount': '1.005' is no decimal(10,2)",
            "pay.amount is null, but declared not null",
            "key 'pay.amont' was not expected");

    Map<String, JsonNode> served = online("s");
    assertThat(served.get("sum_24h").decimalValue()).isEqualTo(decimal("64.75"));
    assertThat(served.get("card_24h").asText()).isEqualTo("v3");
    assertThat(served.get("cards_24h").intValue()).isEqualTo(3);
    assertThat(served.get("large_24h").decimalValue()).isEqualTo(decimal("6.50"));
    assertThat(served.get("scores_24h").toString()).isEqualTo("[7.0]");
    assertOfflineIsTheSame("s");
    assertThat(InputFile.at(folder.resolve("b.ndjson")).schema().names())
        .containsExactly("payment", "at", "shop", "pay.amount", "pay.card.name", "pay.amont");
  }
}
