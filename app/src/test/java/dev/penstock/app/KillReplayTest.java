package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.app.Processes.Server;
import dev.penstock.data.Positions;
import dev.penstock.testkit.Seeds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the server, and of the driver, in the middle of a replay, then the same command again:
 * rows, state and predictions are those of a replay that nothing disturbed.
 */
class KillReplayTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SAMPLE = 100;
  private static final String END = "2001-01-12T00:00:00Z";

  private static final String[] REPLAY = {
    "replay",
    "--ask",
    "departures",
    "--model",
    "late_arrival",
    "--sample",
    "" + SAMPLE,
    "departures=data/live.parquet",
    "landings=data/live.parquet"
  };

  private final HttpClient http = HttpClient.newHttpClient();
  private final Processes processes = new Processes();
  @TempDir static Path folder;
  private static Path trained;

  @BeforeAll
  static void trainModel() throws Exception {
    trained = folder.resolve("trained");
    SmallFlights.make(trained);
    SmallFlights.cut(trained, "live", "2001-01-10", "2001-01-11", 4);
    run(trained, "apply");
    run(trained, "ingest", "departures", "data/past.parquet");
    run(trained, "ingest", "landings", "data/past.parquet");
    run(trained, "dataset", "build", "flight_delays");
    run(trained, "model", "train", "late_arrival");
    run(trained, "model", "promote", "late_arrival", "1", "--split", "validation");
  }

  @AfterEach
  void end() {
    processes.close();
  }

  @Test
  void killed_replay_repeated_is_a_replay() throws Exception {
    Path calm = Processes.copy(trained, folder.resolve("calm"));
    long past = rows(calm, "departures");
    Server server = serve(calm);
    run(calm, REPLAY);
    Map<String, String> wanted = state(calm);
    stop(server);
    long live = rows(calm, "departures") - past;
    assertThat(live).isGreaterThan(2_000);

    for (long round : Seeds.of(1, 10).toArray()) {
      Path killed = Processes.copy(trained, folder.resolve("killed-" + round));
      long first = past + live / 4 + round * live / 11 / 2;
      long second = past + live / 2 + round * live / 11 / 2;

      Server one = serve(killed);
      Process driver = processes.start(killed, REPLAY);
      assertThat(Processes.kill(driver, () -> end(one, "departures") >= first)).isTrue();
      // What the driver had begun goes on in the server, and nobody else may begin it.
      CommandLineRun beside = CommandLineRun.onDisk(killed, REPLAY);
      assertThat(beside.exit()).as(beside.err()).isEqualTo(3);
      assertThat(beside.err()).startsWith("CONFLICT_RETRY 'replay' of this project runs");
      assertThat(Processes.kill(one.process(), () -> end(one, "departures") >= second)).isTrue();

      Server two = serve(killed);
      Process again = processes.start(killed, REPLAY);
      long third = past + live * 3 / 4;
      assertThat(Processes.kill(two.process(), () -> end(two, "departures") >= third)).isTrue();
      Processes.Finished lost = Processes.finish(again);
      assertThat(lost.exit()).isEqualTo(3);
      assertThat(lost.err()).startsWith("UNKNOWN_STATE ").hasLineCount(1);

      Server three = serve(killed);
      run(killed, REPLAY);
      assertThat(state(killed)).as("round %s", round).isEqualTo(wanted);
      // Once more there is nothing left to push or to ask.
      assertThat(run(killed, REPLAY).out()).containsPattern("predictions +0\\R");
      assertThat(state(killed)).isEqualTo(wanted);
      stop(three);
      assertThat(rows(killed, "landings")).isEqualTo(rows(calm, "landings"));
    }
  }

  @Test
  void question_asked_twice_is_logged_under_one_id_and_counted_once() throws Exception {
    Path project = Processes.copy(trained, folder.resolve("twice"));
    Server server = serve(project);
    String question =
        """
        {"model": "late_arrival", "q": "2001-01-11T12:00:00Z", "rows": [{"_id": "row#1",
          "date": "2001-01-11T06:00:00", "distance": 700, "origin": "ORD", "destination": "JFK"}]}
        """;
    String first = post(server, "/v1/predict", question);
    assertThat(post(server, "/v1/predict", question)).isEqualTo(first);

    assertThat(json(project, "parity").at("/parity/0/answers replayed").asInt()).isEqualTo(1);
    assertThat(sql(project, "SELECT count(*) AS logged FROM late_arrival__predictions"))
        .contains("\"logged\":2");
    stop(server);
  }

  private String post(Server server, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private Server serve(Path project) throws IOException {
    return processes.serve(project, "--clock", "replay");
  }

  private static void stop(Server server) {
    server.process().destroy();
    assertThat(server.process().onExit().join().exitValue()).isIn(0, 143);
  }

  /** How many rows of a source the server has acknowledged or is about to. */
  private long end(Server server, String source) {
    try {
      URI uri = URI.create(server.address() + "/v1/sources/" + source);
      String body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return Positions.parse(JSON.readTree(body).get("position").asText()).next(0);
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Everything that was accepted, served and predicted, by what is known of it in the lake. */
  private static Map<String, String> state(Path project) throws IOException {
    Map<String, String> state = new TreeMap<>();
    JsonNode parity = json(project, "parity").at("/parity/0");
    assertThat(parity.get("share").asDouble()).isEqualTo(1.0);
    state.put("answers replayed", parity.get("answers replayed").asText());
    for (String source : new String[] {"departures", "landings"}) {
      state.put(
          source,
          sql(
              project,
              "SELECT count(*), count(DISTINCT _id), count(DISTINCT _offset), max(_offset) + 1,"
                  + " bit_xor(hash(_id, _offset, _event_time, _seen_time)) FROM "
                  + source));
    }
    JsonNode counts =
        json(
                project,
                "sql",
                "SELECT count(*) AS n, max(_offset) + 1 AS positions" + " FROM departures")
            .at("/rows/0");
    assertThat(counts.get("n")).isEqualTo(counts.get("positions"));
    state.put(
        "predictions",
        sql(
            project,
            "SELECT count(*), count(DISTINCT prediction_id), bit_xor(h) FROM (SELECT DISTINCT"
                + " prediction_id, hash(row_id, asked_at, score, positions, statuses) AS h FROM"
                + " late_arrival__predictions)"));
    for (String airport : new String[] {"ORD", "ATL", "JFK"}) {
      state.put(
          "state of " + airport,
          json(
                  project,
                  "features",
                  "get",
                  "--key",
                  "airport=" + airport,
                  "--features",
                  "origin_delays:landed_24h,origin_delays:delay_24h,origin_delays:late_3h",
                  "--at",
                  END)
              .toString());
    }
    state.put("quarantine", json(project, "quarantine", "list").toString());
    return state;
  }

  private static long rows(Path project, String source) throws IOException {
    return json(project, "sql", "SELECT count(*) AS n FROM " + source).at("/rows/0/n").asLong();
  }

  private static String sql(Path project, String query) throws IOException {
    return json(project, "sql", query).toString();
  }

  private static JsonNode json(Path project, String... arguments) throws IOException {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    return JSON.readTree(run(project, all).out());
  }

  private static CommandLineRun run(Path project, String... arguments) {
    CommandLineRun run = CommandLineRun.onDisk(project, arguments);
    assertThat(run.err()).as("%s", String.join(" ", arguments)).isEmpty();
    assertThat(run.exit()).as("%s: %s", String.join(" ", arguments), run.out()).isZero();
    return run;
  }
}
