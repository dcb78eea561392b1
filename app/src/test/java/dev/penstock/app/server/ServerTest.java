package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.app.memory.MemoryOpener;
import dev.penstock.app.memory.MemoryServing;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "secret";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private MemoryServing serving;
  private PenstockServer server;

  @BeforeEach
  void start() {
    serve(ClockMode.REPLAY);
  }

  private void serve(ClockMode clock) {
    Operations project =
        new MemoryOpener()
            .open(new Workspace(folder.toAbsolutePath(), "local"), InstantSource.system());
    serving = (MemoryServing) project.serving(clock);
    server =
        PenstockServer.start(
            "127.0.0.1",
            0,
            new PenstockServer.Served(
                project,
                serving,
                TOKEN,
                (command, out, err) -> {
                  out.print("ran " + String.join(" ", command.arguments()));
                  out.flush();
                  err.println("careful");
                  return 3;
                },
                folder.resolve("cache")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void pushed_rows_are_accepted_and_read_back() throws Exception {
    JsonNode receipt =
        ok(
            "/v1/sources/landings/rows",
            """
            {"rows": [{"origin": "JFK", "delay": 10, "_id": "a"},
                      {"origin": "JFK", "delay": 20.0, "_id": "b"}],
             "seen_time": "2001-06-01T00:00:00Z"}
            """);
    JsonNode features =
        ok(
            "/v1/features",
            """
            {"service": "flight_delay", "rows": [{"origin": "JFK", "distance": 100}, {"origin": "XXX"}],
             "q": "2001-06-01T00:00:00.000001Z"}
            """);

    assertThat(receipt.toString())
        .isEqualTo("{\"accepted\":2,\"duplicates\":0,\"quarantined\":[],\"position\":\"0:2\"}");
    assertThat(features.get("clock").asText()).isEqualTo("replay");
    assertThat(features.get("q").asText()).isEqualTo("2001-06-01T00:00:00.000001Z");
    assertThat(features.at("/positions/landings").asText()).isEqualTo("0:2");
    assertThat(features.at("/fingerprints/origin_delays").asText()).hasSize(64);
    assertThat(features.at("/features/1").toString())
        .isEqualTo(
            "{\"name\":\"origin_delays__delay\",\"type\":\"float64\",\"values\":[15.0,null],"
                + "\"statuses\":[\"PRESENT\",\"NOT_FOUND\"]}");
  }

  @Test
  void repeated_id_is_a_duplicate_and_a_bad_row_is_quarantined() throws Exception {
    String row = "{\"origin\": \"JFK\", \"delay\": 10, \"_id\": \"a\"}";
    JsonNode receipt =
        ok(
            "/v1/sources/landings/rows",
            "{\"seen_time\": 0, \"rows\": ["
                + row
                + ", {\"origin\": \"JFK\", \"delay\": \"late\"}, "
                + row
                + ", {\"delay\": 1}]}");

    assertThat(receipt.get("accepted").asInt()).isEqualTo(1);
    assertThat(receipt.get("duplicates").asInt()).isEqualTo(1);
    assertThat(receipt.at("/quarantined/0").toString())
        .isEqualTo("{\"index\":1,\"code\":\"WRONG_TYPE\",\"message\":\"a value does not fit\"}");
    assertThat(receipt.at("/quarantined/1/index").asInt()).isEqualTo(3);
  }

  @Test
  void rows_may_come_a_line_each() throws Exception {
    HttpResponse<String> response =
        post(
            "/v1/sources/landings/rows?seen_time=2001-06-01",
            "application/x-ndjson",
            "{\"origin\":\"JFK\",\"delay\":1}\n\n{\"origin\":\"LAX\"}\r\n");

    assertThat(response.body()).contains("\"accepted\":2");
    assertThat(get("/v1/sources/landings").body())
        .contains("\"position\":\"0:2\"", "\"seen_time\":\"2001-06-01T00:00:00Z\"");
  }

  @Test
  void broken_line_is_named_and_nothing_is_accepted() throws Exception {
    HttpResponse<String> response =
        post(
            "/v1/sources/landings/rows",
            "application/x-ndjson",
            "{\"origin\":\"JFK\"}\n{\"origin\":\n");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response).get("message").asText()).contains("line 2");
    assertThat(get("/v1/sources/landings").body()).contains("\"position\":\"0:0\"");
  }

  @Test
  void unknown_column_is_refused_with_a_suggestion() throws Exception {
    HttpResponse<String> response =
        post("/v1/sources/landings/rows", "{\"rows\": [{\"orign\": \"JFK\"}]}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response).get("code").asText()).isEqualTo("COLUMN_NOT_FOUND");
    assertThat(error(response).get("hint").asText()).contains("Did you mean 'origin'?");
  }

  @Test
  void unknown_source_is_404() throws Exception {
    HttpResponse<String> response = post("/v1/sources/nothing/rows", "{\"rows\": []}");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(error(response).get("code").asText()).isEqualTo("NOT_FOUND");
  }

  @Test
  void question_that_is_not_after_what_was_seen_is_409() throws Exception {
    ok("/v1/sources/landings/rows", "{\"seen_time\": 1000, \"rows\": [{\"origin\": \"JFK\"}]}");

    HttpResponse<String> response =
        post(
            "/v1/features",
            "{\"service\": \"flight_delay\", \"rows\": [{\"origin\": \"JFK\"}], \"q\": 1000}");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(error(response).get("code").asText()).isEqualTo("CLOCK_CONFLICT");
  }

  @Test
  void question_without_its_key_is_400() throws Exception {
    HttpResponse<String> response =
        post("/v1/features", "{\"service\": \"flight_delay\", \"rows\": [{\"distance\": 1}]}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response).get("message").asText()).isEqualTo("row 0 has no 'origin'");
  }

  @Test
  void members_may_come_in_any_order() throws Exception {
    JsonNode predictions =
        ok(
            "/v1/predict",
            "{\"q\": 5, \"rows\": [{\"origin\": \"JFK\"}], \"model\": \"late_arrival\"}");

    assertThat(predictions.at("/predictions/0/score").asText()).isEqualTo("NaN");
    assertThat(predictions.get("version").asText()).isEqualTo("1");
  }

  @Test
  void predictions_say_what_they_are_about_and_take_outcomes() throws Exception {
    ok(
        "/v1/sources/landings/rows",
        "{\"seen_time\": 0, \"rows\": [{\"origin\": \"JFK\", \"delay\": 7}]}");
    JsonNode predictions =
        ok(
            "/v1/predict",
            "{\"model\": \"late_arrival\", \"rows\": [{\"origin\": \"JFK\", \"_id\": \"f1\"}], \"q\": 5}");
    JsonNode outcomes =
        ok(
            "/v1/outcomes",
            """
            {"model": "late_arrival", "outcomes": [
              {"prediction_id": "late_arrival:f1", "value": 1, "event_time": "2001-06-01T00:00:00Z"},
              {"prediction_id": "late_arrival:f1", "value": 1, "event_time": "2001-06-01T00:00:00Z"},
              {"prediction_id": "f2", "value": 0, "event_time": "2001-06-01T00:00:00Z"}]}
            """);

    assertThat(predictions.at("/predictions/0").toString())
        .isEqualTo("{\"id\":\"late_arrival:f1\",\"score\":7.0}");
    assertThat(outcomes.toString()).isEqualTo("{\"recorded\":2,\"unknown\":[\"f2\"]}");
  }

  @Test
  void feast_client_pushes_and_reads() throws Exception {
    stop();
    serve(ClockMode.WALL);
    HttpResponse<String> pushed =
        post(
            "/push",
            """
            {"push_source_name": "landings", "df": {"origin": ["JFK", "JFK"], "delay": [10, NaN]},
             "allow_registry_cache": true, "to": "online"}
            """);
    JsonNode answer =
        ok(
            "/get-online-features",
            """
            {"entities": {"origin": ["JFK", "XXX"], "distance": [1, 2]},
             "features": ["origin_delays:delay", "origin_delays:landed"],
             "full_feature_names": true, "include_feature_view_version_metadata": false}
            """);

    assertThat(pushed.statusCode()).isEqualTo(200);
    assertThat(answer.at("/metadata/feature_names").toString())
        .isEqualTo("[\"origin\",\"distance\",\"origin_delays__delay\",\"origin_delays__landed\"]");
    assertThat(answer.at("/results/0").toString())
        .isEqualTo(
            "{\"values\":[\"JFK\",\"XXX\"],\"statuses\":[\"PRESENT\",\"PRESENT\"],"
                + "\"event_timestamps\":[\"1970-01-01T00:00:00Z\",\"1970-01-01T00:00:00Z\"]}");
    assertThat(answer.at("/results/2/values").toString()).isEqualTo("[10.0,null]");
    assertThat(answer.at("/results/2/statuses").toString())
        .isEqualTo("[\"PRESENT\",\"NOT_FOUND\"]");
    assertThat(answer.at("/results/2/event_timestamps/0").asText()).startsWith("20");
    assertThat(answer.at("/results/2/event_timestamps/1").asText())
        .isEqualTo("1970-01-01T00:00:00Z");
    assertThat(answer.at("/results/3/values/0").asInt()).isEqualTo(1);
  }

  @Test
  void feast_errors_are_json_in_a_json_string() throws Exception {
    HttpResponse<String> response =
        post("/push", "{\"push_source_name\": \"nothing\", \"df\": {\"origin\": [\"JFK\"]}}");

    assertThat(response.statusCode()).isEqualTo(404);
    JsonNode detail = JSON.readTree(JSON.readTree(response.body()).asText());
    assertThat(detail.get("module").asText()).isEqualTo("feast.errors");
    assertThat(detail.get("message").asText()).contains("no source 'nothing'");
    assertThat(post("/get-online-features", "{\"entities\": {\"origin\": [1]}}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void columns_of_unequal_length_are_422() throws Exception {
    HttpResponse<String> response =
        post(
            "/push",
            "{\"push_source_name\": \"landings\", \"df\": {\"origin\": [\"a\"], \"delay\": []}}");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("has 0 values, 'origin' has 1");
  }

  @Test
  void spine_goes_in_and_comes_back_as_parquet() throws Exception {
    byte[] spine = new byte[3_000_000];
    spine[7] = 42;
    HttpResponse<byte[]> response =
        http.send(
            request("/v1/historical-features?at=time&service=flight_delay&key=airport=origin")
                .header("Content-Type", "application/vnd.apache.parquet")
                .POST(BodyPublishers.ofByteArray(spine))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(spine);
  }

  @Test
  void failed_history_leaves_no_files() throws Exception {
    HttpResponse<String> response =
        post(
            "/v1/historical-features?at=missing&service=flight_delay",
            "application/vnd.apache.parquet",
            "PAR1");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response).get("code").asText()).isEqualTo("COLUMN_NOT_FOUND");
    try (var left = Files.list(folder.resolve("cache"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void body_that_is_not_json_is_400_and_another_type_415() throws Exception {
    assertThat(post("/v1/predict", "{\"model\"").statusCode()).isEqualTo(400);
    assertThat(post("/v1/predict", "[]").statusCode()).isEqualTo(400);
    assertThat(post("/v1/predict", "text/plain", "{}").statusCode()).isEqualTo(415);
  }

  @Test
  void foreign_host_name_is_turned_away() throws Exception {
    try (java.net.Socket socket =
        new java.net.Socket("127.0.0.1", URI.create(server.address()).getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes());
      assertThat(new String(socket.getInputStream().readAllBytes())).startsWith("HTTP/1.1 421");
    }
  }

  @Test
  void health_says_ready() throws Exception {
    HttpResponse<String> response = get("/health");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"status\":\"ready\"", "\"clock\":\"replay\"");
    assertThat(get("/health/live").body()).isEqualTo("{\"live\":true}");
  }

  @Test
  void warning_is_shown_and_the_server_is_ready_all_the_same() throws Exception {
    serving.warn("the lake is <full>");
    HttpResponse<String> response = get("/health");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains(
            "\"status\":\"ready\"", "\"reasons\":[]", "\"warnings\":[\"the lake is <full>\"]");
    assertThat(get("/").body()).contains("<p class=\"warning\">the lake is &lt;full&gt;</p>");
    assertThat(get("/metrics").body())
        .contains(
            "# TYPE penstock_flush_failures_total counter\npenstock_flush_failures_total 1.0\n");
  }

  @Test
  void metrics_count_rows_and_requests() throws Exception {
    ok("/v1/sources/landings/rows", "{\"seen_time\": 0, \"rows\": [{\"origin\": \"JFK\"}, {}]}");
    String metrics = get("/metrics").body();

    assertThat(metrics)
        .contains(
            "penstock_rows_total{outcome=\"accepted\",source=\"landings\"} 1.0",
            "penstock_rows_total{outcome=\"quarantined\",source=\"landings\"} 1.0",
            "penstock_parity_share{service=\"flight_delay\"} 1.0",
            "penstock_http_requests_seconds_bucket{method=\"POST\","
                + "route=\"/v1/sources/{source}/rows\",status=\"200\"");
  }

  @Test
  void page_shows_the_status() throws Exception {
    HttpResponse<String> response = get("/");

    assertThat(response.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(response.body())
        .contains("ready", "Process", Long.toString(ProcessHandle.current().pid()))
        .doesNotContain("http://");
  }

  @Test
  void unknown_path_is_404_in_our_words() throws Exception {
    HttpResponse<String> response = get("/nothing");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(error(response).get("hint").asText()).isEqualTo("see /openapi.json");
  }

  @Test
  void command_needs_the_token() throws Exception {
    assertThat(post("/v1/admin/command", "{\"arguments\": [\"plan\"]}").statusCode())
        .isEqualTo(401);
  }

  @Test
  void command_streams_output_and_exit_code() throws Exception {
    HttpResponse<String> response =
        http.send(
            request("/v1/admin/command")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString("{\"arguments\": [\"plan\", \"--json\"]}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(response.body())
        .isEqualTo("{\"out\":\"ran plan --json\"}\n{\"err\":\"careful\\n\"}\n{\"exit\":3}\n");
  }

  private JsonNode ok(String path, String body) throws Exception {
    HttpResponse<String> response = post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static JsonNode error(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body()).get("error");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return post(path, "application/json", body);
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return http.send(
        request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path));
  }
}
