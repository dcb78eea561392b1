package dev.penstock.platform.live;

import static dev.penstock.platform.TapsProject.CLOCK;
import static dev.penstock.platform.TapsProject.done;
import static dev.penstock.platform.TapsProject.micros;
import static dev.penstock.platform.TapsProject.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.PenstockException;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.ShopProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Operations.SourceFiles;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.ReplayRows;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.run.ProjectOperations;
import dev.penstock.platform.serve.Intake.Receipt;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change feed that came as history and goes on live: what is where, and who sees it. */
class ChangesTest {
  private static final String HEAD = "order_id,at,shop,amount,op\n";
  private static final String FIRST =
      HEAD
          + "1,2001-01-02T10:00:00Z,a,10.5,c\n"
          + "2,2001-01-02T11:00:00Z,a,20.25,c\n"
          + "3,2001-01-02T12:00:00Z,b,5,c\n"
          + "2,2001-01-02T11:30:00Z,a,21.25,u\n"
          + "3,2001-01-02T13:00:00Z,,,d\n";
  private static final String SECOND =
      HEAD + "4,2001-01-02T14:00:00Z,b,7.5,c\n" + "1,2001-01-02T15:00:00Z,a,11.5,u\n";

  /** The rows that there are now, as the documents have it. */
  private static final String CURRENT =
      """
      SELECT order_id, shop, amount FROM orders o
      WHERE _retracts_offset IS NULL AND NOT EXISTS (
        SELECT 1 FROM orders r
        WHERE r._retracts_partition = o._partition AND r._retracts_offset = o._offset)
      ORDER BY order_id
      """;

  private static final long LIVE = micros("2001-01-03T00:00:00Z");

  @TempDir Path folder;
  private TestProject definitions;
  private OpenProject project;
  private ProjectOperations operations;

  @BeforeEach
  void write() {
    definitions = ShopProject.write(folder).file("first.csv", FIRST).file("second.csv", SECOND);
    open();
    done(operations.apply(Progress.SILENT));
  }

  @AfterEach
  void close() {
    operations.close();
  }

  private void open() {
    if (operations != null) {
      operations.close();
    }
    project = new OpenProject(TapsProject.workspace(definitions), CLOCK);
    operations = new ProjectOperations(project);
  }

  private Answer ingest(String file) {
    return operations.ingest(
        new Ingest("orders", List.of(folder.resolve(file)), Ingest.Mode.HISTORY), Progress.SILENT);
  }

  private List<List<Object>> sql(String query) {
    return table(done(operations.sql(new Query(query, null, 100, null))), "rows");
  }

  private List<List<Object>> log() {
    return sql("SELECT order_id, amount, _offset, _retracts_offset FROM orders ORDER BY _offset");
  }

  /** The value of a feature of a shop, out of history. */
  private Object offline(String shop, String feature, long at) {
    Answer answer =
        done(
            operations.explain(
                new Lookup(
                    new FeatureSelection.Service("shops"),
                    List.of(new Assignment("shop", shop)),
                    at)));
    return table(answer, "features").stream()
        .filter(row -> row.get(0).equals(feature))
        .findFirst()
        .orElseThrow()
        .get(1);
  }

  private static Object served(Serving serving, String shop, String feature, long at) {
    var reader = serving.features(new FeatureSelection.Service("shops"));
    return reader.read(Rows.of(reader.inputs()).row(shop).batch(), at).columns().stream()
        .filter(column -> column.name().equals(feature))
        .findFirst()
        .orElseThrow()
        .values()
        .value(0);
  }

  private Receipt push(Serving serving, long seen, Object... row) {
    var orders = serving.source("orders");
    return orders.push(RawRows.pushed(Rows.of(orders.schema()).row(row).batch()).seenAt(seen));
  }

  private static List<Object> row(Object... cells) {
    return Arrays.asList(cells);
  }

  @Test
  void changes_of_a_later_file_find_the_rows_of_an_earlier_one() {
    assertThat(table(done(ingest("first.csv")), "files"))
        .containsExactly(row("first.csv", 5L, 5L, 0L, 0L, "1 of 1 passed", "published"));
    open();
    done(ingest("second.csv"));

    assertThat(log())
        .containsExactly(
            row(1L, 10.5, 0L, null),
            row(2L, 20.25, 1L, null),
            row(3L, 5.0, 2L, null),
            row(2L, 20.25, 3L, 1L),
            row(2L, 21.25, 4L, null),
            row(3L, 5.0, 5L, 2L),
            row(4L, 7.5, 6L, null),
            row(1L, 10.5, 7L, 0L),
            row(1L, 11.5, 8L, null));
    assertThat(sql(CURRENT))
        .containsExactly(row(1L, "a", 11.5), row(2L, "a", 21.25), row(4L, "b", 7.5));
  }

  @Test
  void files_of_one_command_give_the_log_that_each_by_itself_gives() {
    done(
        operations.ingest(
            new Ingest(
                "orders",
                List.of(folder.resolve("first.csv"), folder.resolve("second.csv")),
                Ingest.Mode.HISTORY),
            Progress.SILENT));
    assertThat(log()).hasSize(9);
    assertThat(log().get(7)).isEqualTo(row(1L, 10.5, 7L, 0L));
  }

  @Test
  void a_file_that_is_held_back_changes_no_row() {
    definitions.file("much.csv", HEAD + "1,2001-01-02T16:00:00Z,a,1,u\n".repeat(6));
    done(ingest("first.csv"));
    Answer held =
        operations.ingest(
            new Ingest("orders", List.of(folder.resolve("much.csv")), Ingest.Mode.HISTORY),
            Progress.SILENT);
    assertThat(held.failure()).isNotNull();
    done(ingest("second.csv"));
    assertThat(log()).hasSize(9);
    assertThat(log().get(7)).isEqualTo(row(1L, 10.5, 7L, 0L));
  }

  @Test
  void checks_and_profiles_see_what_came_in_and_what_there_is() {
    done(ingest("first.csv"));
    done(ingest("second.csv"));
    assertThat(table(done(operations.showCatalog("orders")), "profile"))
        .filteredOn(column -> column.get(0).equals("amount"))
        .allSatisfy(column -> assertThat(column.get(2)).isEqualTo(6L));
    assertThat(table(done(operations.check(List.of("orders"), Progress.SILENT)), "checks"))
        .singleElement()
        .satisfies(check -> assertThat(check.get(2)).isEqualTo(3.0));
  }

  @Test
  void history_counts_a_row_until_its_change_was_seen() {
    done(ingest("first.csv"));
    done(ingest("second.csv"));
    assertThat(offline("b", "turnover__orders_24h", micros("2001-01-02T12:30:00Z"))).isEqualTo(1L);
    assertThat(offline("b", "turnover__orders_24h", micros("2001-01-02T13:01:00Z"))).isEqualTo(1L);
    assertThat(offline("b", "turnover__orders_24h", micros("2001-01-02T13:01:00.000001Z")))
        .isEqualTo(0L);
    assertThat(offline("a", "turnover__amount_24h", LIVE)).isEqualTo(32.75);
    assertThat(offline("a", "large__orders_24h", LIVE)).isEqualTo(2L);
  }

  @Test
  void a_row_that_came_as_history_is_taken_back_live() {
    done(ingest("first.csv"));
    done(ingest("second.csv"));
    Serving serving = operations.serving(ClockMode.REPLAY);
    assertThat(served(serving, "a", "turnover__amount_24h", LIVE)).isEqualTo(32.75);

    assertThat(push(serving, LIVE, 2L, null, null, null, "d").accepted()).isEqualTo(1);
    assertThat(served(serving, "a", "turnover__amount_24h", LIVE + 1)).isEqualTo(11.5);
    assertThat(served(serving, "a", "large__orders_24h", LIVE + 1)).isEqualTo(1L);
    push(serving, LIVE + 1, 1L, micros("2001-01-02T10:00:00Z"), "b", 2.5, "u");
    assertThat(served(serving, "a", "turnover__orders_24h", LIVE + 2)).isEqualTo(0L);
    assertThat(served(serving, "b", "turnover__amount_24h", LIVE + 2)).isEqualTo(10.0);
    assertThat(served(serving, "b", "turnover__latest_24h", LIVE + 2)).isEqualTo(7.5);

    assertThat(offline("a", "turnover__amount_24h", LIVE)).isEqualTo(32.75);
    assertThat(offline("a", "turnover__amount_24h", LIVE + 1)).isEqualTo(11.5);
    assertThat(offline("b", "turnover__amount_24h", LIVE + 2)).isEqualTo(10.0);
    assertThat(sql(CURRENT)).containsExactly(row(1L, "b", 2.5), row(4L, "b", 7.5));
  }

  @Test
  void the_rows_behind_a_value_are_those_that_are_there() {
    done(ingest("first.csv"));
    done(ingest("second.csv"));
    Answer answer =
        done(
            operations.explain(
                new Lookup(
                    new FeatureSelection.Service("shops"),
                    List.of(new Assignment("shop", "a")),
                    LIVE)));
    assertThat(table(answer, "rows_of_turnover"))
        .extracting(cells -> cells.get(2))
        .containsExactly("0:8", "0:4");
  }

  @Test
  void a_state_filled_anew_is_that_which_was_kept() throws IOException {
    done(ingest("first.csv"));
    push(operations.serving(ClockMode.REPLAY), LIVE, 2L, null, null, null, "d");
    open();
    definitions.change("shop.yaml", "max(amount) as largest", "min(amount) as least");
    done(operations.apply(Progress.SILENT));
    Serving serving = operations.serving(ClockMode.REPLAY);
    assertThat(served(serving, "a", "turnover__amount_24h", LIVE + 1)).isEqualTo(10.5);
    assertThat(served(serving, "a", "turnover__least_24h", LIVE + 1)).isEqualTo(10.5);
    assertThat(push(serving, LIVE + 1, 2L, null, null, null, "d").quarantined()).hasSize(1);
    assertThat(push(serving, LIVE + 2, 1L, null, null, null, "d").accepted()).isEqualTo(1);
  }

  @Test
  void rows_that_stay_cannot_become_rows_that_change() throws IOException {
    done(ingest("first.csv"));
    String text = Files.readString(folder.resolve("shop.yaml"));
    for (String other :
        List.of(
            text.replace("primary_key: order_id\nchanges: {operation: op}\n", ""),
            text.replace("primary_key: order_id", "primary_key: [order_id, shop]"))) {
      definitions.file("shop.yaml", other);
      open();
      assertThatThrownBy(() -> operations.apply(Progress.SILENT))
          .isInstanceOf(PenstockException.class)
          .hasMessageContaining("SCHEMA_INCOMPATIBLE")
          .hasMessageContaining("source 'orders' has rows that change by order_id")
          .hasMessageContaining("give the changed source another name");
    }
    definitions.file("shop.yaml", text.replace("{operation: op}", "{operation: op, puts: [c]}"));
    open();
    done(operations.apply(Progress.SILENT));
  }

  @Test
  void a_source_without_rows_may_come_to_change_and_not_with_rows_in_the_log_alone()
      throws IOException {
    String text = Files.readString(folder.resolve("shop.yaml"));
    definitions.file(
        "shop.yaml", text.replace("primary_key: order_id\nchanges: {operation: op}\n", ""));
    open();
    done(operations.apply(Progress.SILENT));
    try (LiveStore live = LiveStore.open(project, ClockMode.REPLAY, Progress.SILENT)) {
      Rows rows = Rows.of(project.compiled().source("orders").spec().columns());
      rows.row(1L, LIVE, "a", 1.0, "c");
      live.store().push("orders", RawRows.pushed(rows.batch()).seenAt(LIVE)).join();
    }
    definitions.file("shop.yaml", text);
    open();
    assertThatThrownBy(() -> operations.apply(Progress.SILENT))
        .hasMessageContaining("source 'orders' has rows that stay");
  }

  @Test
  void a_replay_sends_each_change_when_it_became_known() {
    ReplayRows rows =
        operations
            .replay(
                List.of(
                    new SourceFiles(
                        "orders",
                        List.of(folder.resolve("first.csv"), folder.resolve("second.csv")))),
                Progress.SILENT)
            .get(0);
    assertThat(rows.changes()).isNotNull();
    assertThat(Rows.of(rows.rows().select(List.of("order_id", "op", "_seen_time"))))
        .containsExactly(
            row(1L, "c", micros("2001-01-02T10:01:00Z")),
            row(2L, "c", micros("2001-01-02T11:01:00Z")),
            row(2L, "u", micros("2001-01-02T11:31:00Z")),
            row(3L, "c", micros("2001-01-02T12:01:00Z")),
            row(3L, "d", micros("2001-01-02T13:01:00Z")),
            row(4L, "c", micros("2001-01-02T14:01:00Z")),
            row(1L, "u", micros("2001-01-02T15:01:00Z")));
  }

  @Test
  void a_live_file_changes_rows_of_history() {
    done(ingest("first.csv"));
    operations.online(
        new Lookup(
            new FeatureSelection.Service("shops"), List.of(new Assignment("shop", "a")), null));
    assertThat(
            table(
                done(
                    operations.ingest(
                        new Ingest(
                            "orders", List.of(folder.resolve("second.csv")), Ingest.Mode.LIVE),
                        Progress.SILENT)),
                "files"))
        .containsExactly(row("second.csv", 2L, 2L, 0L, 0L, "1 of 1 passed", "published"));
    assertThat(log().get(7).subList(0, 2)).isEqualTo(row(1L, 10.5));
    assertThat(log().get(7).get(3)).isEqualTo(0L);
  }
}
