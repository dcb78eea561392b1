package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user gets for a mistake: one line for each, with its place and what to do, and exit code
 * 2; or, for a bad row, its reason in quarantine, and the rest of the file accepted.
 */
class BadInputTest {
  private static final String VIEW =
      """
      entity: customer
      owner: you@example.com
      keys: {customer: string}
      ---
      feature_view: customer_orders
      owner: you@example.com
      entity: customer
      source: orders
      features:
        - count() as orders over 1d
        - %s as amount over 1d
      """;

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
          customer: string not null
          amount: float64
          ordered_at: timestamp not null
        event_time: ordered_at
        id: order_id
        rules:
          paid: amount > 0
        """);
    view("mean(amount)");
  }

  @Test
  void good_project_and_file_go_through() throws IOException {
    write("orders.csv", "order_id,customer,amount,ordered_at\no1,c1,2.5,2026-03-01T10:00:00Z\n");

    assertThat(run("plan").exit()).isZero();
    assertThat(ingest("orders.csv").out()).containsPattern("orders.csv +1 +1 +0 +0 .*published");
  }

  @Test
  void unknown_column_in_an_expression() throws IOException {
    view("mean(amuont)");

    assertRefused(
        run("plan"),
        "COLUMN_NOT_FOUND features/orders.yaml:11:10 there is no column 'amuont'; has: order_id,"
            + " customer, amount, ordered_at. Did you mean 'amount'?");
  }

  @Test
  void wrong_type() throws IOException {
    view("sum(customer)");

    assertRefused(
        run("plan"),
        "TYPE_MISMATCH features/orders.yaml:11:9 sum(customer) over string (feature 'amount');"
            + " sum takes int32, int64, float32, float64, decimal; write cast(… as double)");
  }

  @Test
  void unknown_aggregate() throws IOException {
    view("median(amount)");

    assertRefused(
        run("plan"),
        "AGGREGATE_NOT_FOUND features/orders.yaml:11:5 there is no aggregate 'median'; has: count,"
            + " sum, mean, min, max, last, share, percentile, var_pop, var_samp, stddev_pop,"
            + " stddev_samp and 26 more. Did you mean 'mean'?");
  }

  @Test
  void expression_that_is_no_sql() throws IOException {
    view("mean(amount + )");

    CommandLineRun run = run("plan");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("EXPRESSION_SYNTAX features/orders.yaml:11:").hasLineCount(1);
  }

  @Test
  void transforms_in_a_circle() throws IOException {
    write(
        "transforms/circle.yaml",
        """
        transform: first
        owner: you@example.com
        sql: SELECT customer, amount FROM second
        ---
        transform: second
        owner: you@example.com
        sql: SELECT customer, amount FROM first
        """);

    assertRefused(
        run("apply"),
        "DEFINITION_CYCLE transforms/circle.yaml:1:12 these build on each other in a circle:"
            + " first -> second -> first; let one of them read something else");
  }

  @Test
  void definition_twice() throws IOException {
    write("entities/again.yaml", "entity: customer\nowner: you@example.com\nkeys: {id: string}\n");

    assertRefused(
        run("plan"),
        "DEFINITION_DUPLICATE features/orders.yaml:1:9 'customer' is defined twice; first as an"
            + " entity at entities/again.yaml:1:9");
  }

  @Test
  void several_mistakes_are_told_at_once_a_line_each() throws IOException {
    view("mean(amuont)");
    write("sources/more.yaml", "source: more\nowner: you@example.com\ncolums: {a: int64}\n");

    CommandLineRun text = run("plan");
    assertThat(text.exit()).isEqualTo(2);
    assertThat(text.out()).isEmpty();
    assertThat(text.err().lines())
        .hasSizeGreaterThan(1)
        .allMatch(line -> line.matches("[A-Z_]+ (sources/more|features/orders).yaml:\\d+:\\d+ .*"))
        .anyMatch(line -> line.contains("'colums'"));

    CommandLineRun json = run("plan", "--json");
    assertThat(json.exit()).isEqualTo(2);
    JsonNode errors = new ObjectMapper().readTree(json.err());
    assertThat(errors.get("errors")).hasSize((int) text.err().lines().count());
    assertThat(errors.get("error")).isEqualTo(errors.get("errors").get(0));
    List<String> lines = new ArrayList<>();
    for (JsonNode error : errors.get("errors")) {
      lines.add(
          error.get("code").asText()
              + " "
              + error.get("place").asText()
              + " "
              + error.get("message").asText()
              + (error.get("hint").asText().isEmpty() ? "" : "; " + error.get("hint").asText()));
    }
    assertThat(String.join("\n", lines) + "\n").isEqualTo(text.err());
  }

  @Test
  void run_that_met_bad_definitions_is_written_down_as_failed() throws IOException {
    run("apply");
    view("mean(amuont)");
    assertThat(ingest("orders.csv").exit()).isEqualTo(2);
    view("mean(amount)");

    assertThat(run("status").out()).containsPattern("ingest orders +failed ");
  }

  @Test
  void environment_that_names_what_is_not_there_yet() throws IOException {
    write(
        "penstock.yaml",
        "project: shop\nenvironments:\n  prod: {online: 'redis://:secret@host'}\n");
    assertRefused(
        run("apply", "--env", "prod"),
        "UNSUPPORTED environment 'prod' sets online, and this version runs everything but"
            + " the lake's catalog in one process, with its files in .penstock; take another environment, or leave these"
            + " settings out of this one");
  }

  @Test
  void missing_file() {
    assertRefused(
        ingest("nowhere.csv"),
        "FILE_NOT_FOUND "
            + folder.resolve("nowhere.csv")
            + " there is no such file; check the path");
  }

  @Test
  void unknown_source() {
    run("apply");

    assertRefused(
        run("ingest", "ordrs", "orders.csv"),
        "DEFINITION_NOT_FOUND there is no source 'ordrs'; has: orders. Did you mean 'orders'?");
  }

  @Test
  void truncated_parquet() throws IOException {
    CommandLineRun.onDisk(
        folder, "sql", "SELECT 'o1' AS order_id, i FROM range(9) t(i)", "--out", "whole.parquet");
    byte[] whole = Files.readAllBytes(folder.resolve("whole.parquet"));
    Files.write(
        folder.resolve("cut.parquet"), java.util.Arrays.copyOf(whole, whole.length * 2 / 3));

    assertRefused(
        ingest("cut.parquet"),
        "FILE_CORRUPT "
            + folder.resolve("cut.parquet")
            + " no Parquet file can be read here (it does not end as a Parquet file does);"
            + " the file is damaged or was cut off: write or copy it again");
    assertThat(rowsInLake()).isZero();
  }

  @Test
  void file_without_a_column_of_the_source() throws IOException {
    write("orders.csv", "order_id,customer,amont,ordered_at\no1,c1,2.5,2026-03-01T10:00:00Z\n");

    CommandLineRun run = ingest("orders.csv");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("SCHEMA_INCOMPATIBLE " + folder.resolve("orders.csv") + " column 'amount'")
        .contains("Did you mean 'amont'?")
        .hasLineCount(1);
  }

  @Test
  void broken_row_of_a_csv_goes_to_quarantine_with_its_number() throws IOException {
    assertQuarantined("o3,c1", "UNREADABLE_ROW", "it has 2 fields, the header has 4");
  }

  @Test
  void value_of_another_type_goes_to_quarantine() throws IOException {
    assertQuarantined(
        "o3,c1,twelve,2026-03-01T10:00:00Z",
        "UNREADABLE_ROW",
        "column 'amount': 'twelve' is no float64");
  }

  @Test
  void null_key_goes_to_quarantine() throws IOException {
    assertQuarantined(
        "o3,,2.5,2026-03-01T10:00:00Z", "NULL_VALUE", "customer is null, but declared not null");
  }

  @Test
  void future_event_time_goes_to_quarantine() throws IOException {
    assertQuarantined(
        "o3,c1,2.5,2999-03-01T10:00:00Z",
        "FUTURE_EVENT_TIME",
        "event_time \"2999-03-01T10:00:00Z\" is more than 5m after the clock");
  }

  @Test
  void row_that_breaks_a_rule_goes_to_quarantine() throws IOException {
    assertQuarantined("o3,c1,-2.5,2026-03-01T10:00:00Z", "RULE_FAILED", "paid");
  }

  @Test
  void id_with_other_values_goes_to_quarantine() throws IOException {
    assertQuarantined("o1,c1,7.5,2026-03-01T10:00:00Z", "ID_REUSED", "'o1'");
  }

  @Test
  void file_that_breaks_a_check_is_held_back_whole() throws IOException {
    addCheck();
    write("orders.csv", "order_id,customer,amount,ordered_at\no1,c1,250,2026-03-01T10:00:00Z\n");

    assertHeldBack(ingest("orders.csv"));
    goLive();
    assertHeldBack(ingest("orders.csv"));
  }

  @Test
  void rows_are_judged_the_same_once_the_project_is_live() throws IOException {
    run("apply");
    goLive();

    assertQuarantined("o3,c1", "UNREADABLE_ROW", "it has 2 fields, the header has 4");
  }

  private void addCheck() throws IOException {
    String source = Files.readString(folder.resolve("sources/orders.yaml"));
    write("sources/orders.yaml", source + "checks:\n  - max(amount) <= 100\n");
  }

  private void assertHeldBack(CommandLineRun run) throws IOException {
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("held back", "max(amount) <= 100");
    assertThat(run.err()).startsWith("CHECK_FAILED ").hasLineCount(1);
    assertThat(rowsInLake()).isZero();
  }

  /** The first question to the online store fixes where history ends. */
  private void goLive() {
    String feature = "customer_orders:orders_1d";
    CommandLineRun asked = run("features", "get", "--key", "customer=c1", "--features", feature);
    assertThat(asked.err()).isEmpty();
    assertThat(folder.resolve(".penstock/live")).exists();
  }

  /** The row comes third, behind one that cannot be read, and the others are accepted. */
  private void assertQuarantined(String row, String reason, String message) throws IOException {
    write(
        "orders.csv",
        String.join(
            "\n",
            "order_id,customer,amount,ordered_at",
            "o1,c1,2.5,2026-03-01T10:00:00Z",
            "broken",
            row,
            "o4,c2,3.5,2026-03-01T11:00:00Z",
            ""));

    CommandLineRun taken = ingest("orders.csv");
    assertThat(taken.err()).isEmpty();
    assertThat(taken.exit()).isZero();
    assertThat(rowsInLake()).isEqualTo(2);
    JsonNode quarantine =
        new ObjectMapper().readTree(run("quarantine", "--json").out()).get("quarantine");
    assertThat(quarantine).hasSize(2);
    JsonNode found = null;
    for (JsonNode one : quarantine) {
      if (one.get("row").asText().equals("orders.csv#3")) {
        found = one;
      }
    }
    assertThat(found).as("%s", quarantine).isNotNull();
    assertThat(found.get("reason").asText()).isEqualTo(reason);
    assertThat(found.get("message").asText()).contains(message);
  }

  private long rowsInLake() throws IOException {
    String out = run("sql", "SELECT count(*) AS n FROM orders", "--json").out();
    return new ObjectMapper().readTree(out).at("/rows/0/n").asLong();
  }

  private CommandLineRun ingest(String file) {
    run("apply");
    return run("ingest", "orders", file);
  }

  private static void assertRefused(CommandLineRun run, String line) {
    assertThat(run.err()).isEqualTo(line + "\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.exit()).isEqualTo(2);
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.onDisk(folder, arguments);
  }

  private void view(String aggregate) throws IOException {
    write("features/orders.yaml", VIEW.formatted(aggregate));
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }
}
