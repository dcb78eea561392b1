package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promotion at the command line. Whether an order is returned hangs on its amount, a little on its
 * weight and not at all on its floor, so what a model may see decides how good it can be.
 */
class PromotionTest {
  private static final int ORDERS = 6_000;
  private static final int SECONDS_APART = 120;

  @TempDir Path folder;

  @BeforeEach
  void makeProject() throws IOException {
    write("penstock.yaml", "project: shop\n");
    write(
        "sources/orders.yaml",
        """
        source: orders
        owner: you@example.com
        columns:
          order_id: string not null
          amount: float64 not null
          weight: float64 not null
          floor: float64 not null
          returned: boolean not null
          ordered_at: timestamp not null
          returned_at: timestamp not null
        event_time: ordered_at
        seen: {column: returned_at}
        id: order_id
        """);
    write(
        "models/returns.yaml",
        """
        on_demand_view: order_request
        owner: you@example.com
        request: {amount: float64, weight: float64, floor: float64}
        features:
          - amount as amount
          - weight as weight
          - floor as floor
        ---
        feature_service: order_facts
        owner: you@example.com
        features:
          - order_request
        ---
        dataset: returns
        owner: you@example.com
        spine: orders
        label: {name: returned, from: orders, value: returned, join: id}
        features: order_facts
        splits:
          train: {from: 2026-03-01, to: 2026-03-05}
          test: {from: 2026-03-05, to: 2026-03-09, cut: 2026-03-10T00:00:00Z}
        """);
    write("orders.csv", orders());
    sees("weight");
    done("apply");
    done("ingest", "orders", "orders.csv");
    done("dataset", "build", "returns");
    done("model", "train", "will_return");
    done("model", "promote", "will_return", "1", "--split", "test");
  }

  @Test
  void only_a_challenger_that_is_better_becomes_champion() throws IOException {
    sees("floor");
    done("model", "train", "will_return");
    CommandLineRun refused = run("model", "promote", "will_return", "2", "--split", "test");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).startsWith("GATE_REFUSED ").contains("will_return@2").hasLineCount(1);
    assertThat(champion()).isEqualTo(1);
    assertThat(evidence("model.refuse", "will_return@2"))
        .contains("\"champion\":1", "\"split\":\"test\"", "\"lower_bound\":");

    sees("amount");
    done("model", "train", "will_return");
    done("model", "promote", "will_return", "3", "--split", "test");
    assertThat(champion()).isEqualTo(3);
    assertThat(evidence("model.promote", "will_return@3")).contains("\"verdict\":", "\"rows\":");

    done("model", "rollback", "will_return");
    assertThat(champion()).isEqualTo(1);
  }

  @Test
  void rows_that_the_definition_asks_for_are_asked_for() throws IOException {
    sees("amount");
    Path model = folder.resolve("models/will_return.yaml");
    Files.writeString(model, Files.readString(model).replace("confidence: 0.95", "min_rows: 5000"));
    assertThat(run("apply").exit()).isZero();
    done("model", "train", "will_return");
    CommandLineRun refused = run("model", "promote", "will_return", "2", "--split", "test");

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).contains("too few to tell (asked for: 5,000 rows");
  }

  @Test
  void parity_without_a_logged_answer_fails() {
    CommandLineRun run = run("parity");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "PARITY_FAILED no served answer was replayed, so nothing is shown;"
                + " serve predictions first\n");
  }

  /** A model of one column. */
  private void sees(String column) throws IOException {
    write(
        "models/will_return.yaml",
        """
        model: will_return
        owner: you@example.com
        dataset: returns
        trainer: xgboost
        features:
          - order_request__%s
        parameters: {max_depth: 3, eta: 0.3, rounds: 10}
        promotion: {metric: auc, min_improvement: 0.0, confidence: 0.95}
        """
            .formatted(column));
    run("apply");
  }

  private static String orders() {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder csv =
        new StringBuilder("order_id,amount,weight,floor,returned,ordered_at,returned_at\n");
    java.time.Instant at = java.time.Instant.parse("2026-03-01T00:00:00Z");
    for (int order = 0; order < ORDERS; order++) {
      double amount = random.nextDouble(100);
      double weight = random.nextDouble(100);
      boolean returned = random.nextDouble(100) < 0.7 * amount + 0.3 * weight;
      List<Object> cells =
          List.of(
              "o" + order,
              amount,
              weight,
              random.nextDouble(100),
              returned,
              at,
              at.plusSeconds(60));
      csv.append(String.join(",", cells.stream().map(String::valueOf).toList())).append('\n');
      at = at.plusSeconds(SECONDS_APART);
    }
    return csv.toString();
  }

  private int champion() throws IOException {
    for (JsonNode version : json("model", "list").get("models")) {
      if (version.get("stage").asText().equals("CHAMPION")) {
        return version.get("version").asInt();
      }
    }
    return 0;
  }

  private String evidence(String action, String subject) throws IOException {
    for (JsonNode entry : json("audit").get("audit")) {
      if (entry.get("action").asText().equals(action)
          && entry.get("subject").asText().equals(subject)) {
        return entry.get("evidence").asText();
      }
    }
    throw new AssertionError("no " + action + " of " + subject);
  }

  private JsonNode json(String... arguments) throws IOException {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    return new ObjectMapper().readTree(run(all).out());
  }

  private void done(String... arguments) {
    CommandLineRun run = run(arguments);
    assertThat(run.err()).as("%s", String.join(" ", arguments)).isEmpty();
    assertThat(run.exit()).isZero();
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.onDisk(folder, arguments);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }
}
