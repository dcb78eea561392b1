package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.platform.Platform;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.command.Operations.Query;
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
import org.jspecify.annotations.Nullable;

/** A project of payments at shops: files go in, a server takes pushes and answers. */
final class ShopProject implements AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2001-02-01T00:00:00Z"));
  private static final Instant Q = Instant.parse("2001-01-01T12:00:00Z");

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Operations project;
  private PenstockServer server;

  ShopProject(Path folder, String columns, String features) throws IOException {
    this.folder = folder.toAbsolutePath();
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
    project = new Platform().open(new Workspace(this.folder, "local"), CLOCK);
    done(project.apply(Progress.SILENT));
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    project.close();
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Answer done(Answer answer) {
    assertThat(answer.failure()).isNull();
    return answer;
  }

  void ingest(String... names) {
    for (String name : names) {
      done(
          project.ingest(
              new Ingest("payments", List.of(folder.resolve(name)), Ingest.Mode.HISTORY),
              Progress.SILENT));
    }
  }

  void serve() {
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
  void parquet(String name, String select) throws SQLException {
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

  JsonNode push(String rows) throws Exception {
    return post(
        "/v1/sources/payments/rows",
        "{\"seen_time\": \"2001-01-01T11:00:00Z\", \"rows\": [%s]}".formatted(rows));
  }

  /** The features of a shop as they are served, after the view's name; of errors the status. */
  Map<String, JsonNode> online(String shop) throws Exception {
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

  void assertOfflineIsTheSame(String shop) throws Exception {
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
                          : served.isArray() ? vector(served) : served.asText();
      assertThat(same).isEqualTo(value);
    }
  }

  private static String vector(JsonNode list) {
    List<Float> elements = new ArrayList<>();
    list.forEach(element -> elements.add(element.floatValue()));
    return elements.toString();
  }

  String quarantined() {
    return done(project.quarantine("payments", 100)).parts().toString();
  }

  /** The rows that a query answers with. */
  List<List<@Nullable Object>> sql(String query) {
    return done(project.sql(new Query(query, null, 100, null))).parts().stream()
        .filter(part -> part instanceof Answer.Table table && table.name().equals("rows"))
        .flatMap(part -> ((Answer.Table) part).rows().stream())
        .toList();
  }
}
