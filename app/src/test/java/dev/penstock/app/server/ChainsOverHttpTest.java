package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Parity;
import dev.penstock.platform.command.Operations.Train;
import dev.penstock.platform.command.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A view over a view over a view, pushed to and asked about through a server: each answer is what
 * the rules say, written down plainly here, and what history gives back.
 */
class ChainsOverHttpTest {
  private static final Instant LIVE = Instant.parse("2001-01-03T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final List<String> TAPS = List.of("a", "b", "c");
  private static final String DEFINITIONS =
      """
      source: turns
      owner: water@example.com
      columns:
        turn: string not null
        at: timestamp not null
        tap: string not null
        litres: int64 not null
      event_time: at
      id: turn
      ---
      entity: tap
      owner: water@example.com
      keys: {tap: string}
      ---
      feature_view: flow
      owner: water@example.com
      entity: tap
      source: turns
      features:
        - count() as turns over 3h
        - sum(litres) as litres over 3h
      ---
      feature_view: surges
      owner: water@example.com
      entity: tap
      source: flow
      features:
        - max(litres_3h) as most over 12h
        - count() as rows over 12h
      ---
      feature_view: peaks
      owner: water@example.com
      entity: tap
      source: surges
      retention: 48h
      features:
        - sum(most_12h) as total over 24h
        - last(rows_12h) as latest over last 3 rows
      ---
      feature_service: flows
      owner: water@example.com
      features: [flow, surges, peaks]
      ---
      dataset: floods
      owner: water@example.com
      spine: turns
      label: {name: flood, from: turns, value: litres >= 500, join: turn}
      features: flows
      splits: {train: {from: 2001-01-01, to: 2001-01-02}, test: {from: 2001-01-02, to: 2001-01-03}}
      ---
      model: flood
      owner: water@example.com
      dataset: floods
      trainer: xgboost
      features: all
      parameters: {max_depth: 2, rounds: 2}
      """;

  /** A row of the log, or of a derived one. */
  private record Row(String tap, Instant at, List<@Nullable Long> values) {}

  private record Served(Instant q, String tap, List<@Nullable Object> values) {}

  @TempDir Path folder;

  /** In the order of acceptance. */
  private final List<Row> log = new ArrayList<>();

  private final List<Served> served = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(3);
  private ServedProject project;
  private Instant now = LIVE;

  @AfterEach
  void close() {
    project.close();
  }

  private static List<Row> window(List<Row> rows, String tap, Instant q, Duration length) {
    return rows.stream()
        .filter(row -> row.tap().equals(tap))
        .filter(row -> row.at().isBefore(q) && !row.at().isBefore(q.minus(length)))
        .toList();
  }

  /** Null of nothing. */
  private static @Nullable Long sum(List<Row> rows, int value) {
    return rows.isEmpty() ? null : rows.stream().mapToLong(row -> row.values().get(value)).sum();
  }

  private static List<@Nullable Long> flow(List<Row> rows, String tap, Instant q) {
    List<Row> in = window(rows, tap, q, HOUR.multipliedBy(3));
    return Arrays.asList((long) in.size(), sum(in, 0));
  }

  private static List<@Nullable Long> surges(List<Row> flows, String tap, Instant q) {
    List<Row> in = window(flows, tap, q, HOUR.multipliedBy(12));
    Long most = in.stream().map(row -> row.values().get(1)).max(Long::compare).orElse(null);
    return Arrays.asList(most, (long) in.size());
  }

  /** Of rows of one moment the later accepted is the later; the sort is stable. */
  private static List<@Nullable Long> peaks(List<Row> surges, String tap, Instant q) {
    List<Row> kept =
        window(surges, tap, q, HOUR.multipliedBy(48)).stream()
            .sorted((a, b) -> a.at().compareTo(b.at()))
            .toList();
    List<Row> day = window(surges, tap, q, HOUR.multipliedBy(24));
    return Arrays.asList(sum(day, 0), kept.get(kept.size() - 1).values().get(1));
  }

  private interface View {
    List<@Nullable Long> values(List<Row> rows, String tap, Instant q);
  }

  /** A row for each row: the view right after it, over what was accepted by then. */
  private static List<Row> derived(List<Row> rows, View view) {
    List<Row> derived = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Instant after = row.at().plusNanos(1_000);
      derived.add(
          new Row(row.tap(), row.at(), view.values(rows.subList(0, i + 1), row.tap(), after)));
    }
    return derived;
  }

  private List<@Nullable Object> expected(String tap) {
    List<Row> flows = derived(log, ChainsOverHttpTest::flow);
    List<Row> surges = derived(flows, ChainsOverHttpTest::surges);
    return Stream.of(flow(log, tap, now), surges(flows, tap, now), peaks(surges, tap, now))
        .flatMap(List::stream)
        .map(value -> (Object) value)
        .collect(Collectors.toList());
  }

  private void begin() throws Exception {
    project = new ServedProject(folder, DEFINITIONS);
    StringBuilder csv = new StringBuilder("turn,at,tap,litres\n");
    for (int i = 0; i < 96; i++) {
      Row row =
          new Row(
              TAPS.get(random.nextInt(3)),
              LIVE.minus(Duration.ofMinutes(30L * (96 - i))),
              List.of(random.nextLong(1_000)));
      csv.append("h" + i + "," + row.at() + "," + row.tap() + "," + row.values().get(0) + "\n");
      log.add(row);
    }
    project.history("turns", csv.toString());
    Operations operations = project.operations();
    ServedProject.done(operations.buildDataset("floods", null, Progress.SILENT));
    ServedProject.done(operations.trainModel(new Train("flood", null, List.of()), Progress.SILENT));
    project.serve();
  }

  /** Pushes rows that became known now; the receipt. */
  private JsonNode push(String... rows) throws Exception {
    return project.post(
        "/v1/sources/turns/rows",
        "{\"seen_time\": \"%s\", \"rows\": [%s]}".formatted(now, String.join(",", rows)));
  }

  private static String json(String id, Row row) {
    return "{\"turn\": \"%s\", \"at\": \"%s\", \"tap\": \"%s\", \"litres\": %d}"
        .formatted(id, row.at(), row.tap(), row.values().get(0));
  }

  /** Some rows at once: up to five hours late, now and then two of one moment. */
  private void turn(int turn) throws Exception {
    now = now.plus(Duration.ofMinutes(20));
    List<String> rows = new ArrayList<>();
    Instant at = now;
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      at = random.nextInt(3) == 0 ? at : now.minus(Duration.ofMinutes(random.nextInt(15) * 20L));
      Row row = new Row(TAPS.get(random.nextInt(3)), at, List.of(random.nextLong(1_000)));
      rows.add(json(turn + "/" + i, row));
      log.add(row);
    }
    assertThat(push(rows.toArray(String[]::new)).get("accepted").asInt()).isEqualTo(rows.size());
  }

  /** Asks for features and a prediction of every tap, a little later. */
  private void ask() throws Exception {
    now = now.plusMillis(1);
    for (String tap : TAPS) {
      String rows = "\"rows\": [{\"tap\": \"%s\"}], \"q\": \"%s\"".formatted(tap, now);
      JsonNode answer = project.post("/v1/features", "{\"service\": \"flows\", " + rows + "}");
      assertThat(answer.at("/positions/turns").asText()).isEqualTo("0:" + log.size());
      List<@Nullable Object> values = new ArrayList<>();
      for (JsonNode feature : answer.get("features")) {
        JsonNode value = feature.at("/values/0");
        values.add(value.isNull() ? null : (Object) value.longValue());
      }
      assertThat(values).as("%s at %s", tap, now).isEqualTo(expected(tap));
      served.add(new Served(now, tap, values));
      project.post("/v1/predict", "{\"model\": \"flood@1\", " + rows + "}");
    }
  }

  @Test
  void every_view_of_a_chain_answers_what_the_rules_say_and_history_gives_it_back()
      throws Exception {
    begin();
    ask();
    for (int turn = 0; turn < 12; turn++) {
      turn(turn);
      ask();
      if (turn == 5) {
        project.restart();
        ask();
      }
    }

    Row last = Objects.requireNonNull(log.get(log.size() - 1));
    Row again = new Row(last.tap(), now, List.of(1L));
    String twice = json("again", again);
    now = now.plusMillis(1);
    assertThat(push(twice).get("accepted").asInt()).isEqualTo(1);
    assertThat(push(twice).get("duplicates").asInt()).isEqualTo(1);
    log.add(again);
    ask();

    JsonNode refused = push("{\"turn\": \"x\", \"at\": \"%s\", \"tap\": \"a\"}".formatted(now));
    assertThat(refused.get("accepted").asInt()).isZero();
    assertThat(refused.get("quarantined")).hasSize(1);
    ask();

    assertThat(served).hasSize(TAPS.size() * 16);
    for (Served answer : served) {
      assertThat(project.offline("flows", new Assignment("tap", answer.tap()), answer.q()))
          .as("%s at %s", answer.tap(), answer.q())
          .isEqualTo(answer.values());
    }
    assertThat(
            ServedProject.table(
                ServedProject.done(project.operations().parity(new Parity(0, 1), Progress.SILENT)),
                "parity"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.subList(0, 5))
                    .isEqualTo(
                        Arrays.asList(
                            "flood", served.size(), served.size(), 1.0, 6L * served.size())));
  }
}
