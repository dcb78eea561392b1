package dev.penstock.platform.live;

import static dev.penstock.platform.TapsProject.COLUMNS;
import static dev.penstock.platform.TapsProject.LIVE;
import static dev.penstock.platform.TapsProject.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.FlushSettings;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.platform.run.ProjectOperations;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the log moves by itself, and what is said when it cannot; the clock is the test's. */
class BackgroundFlushTest {
  private static final BackgroundMaintenance NO_MAINTENANCE =
      new BackgroundMaintenance(() -> {}, () -> {}, Duration.ofDays(1));

  private static final long SECOND = 1_000_000;
  private static final String PREDICTIONS = "flood__predictions";

  @TempDir Path folder;
  private OpenProject project;
  private ProjectOperations operations;
  private LiveStore live;
  private LakeFlush toLake;
  private BackgroundFlush flush;
  private long now;
  private int pushed;

  @BeforeEach
  void open() {
    TestProject definitions = TapsProject.write(folder.resolve("project"));
    project = new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK);
    operations = new ProjectOperations(project);
    operations.apply(Progress.SILENT);
    TapsProject.done(TapsProject.ingest(operations, definitions, "history.csv"));
    live = LiveStore.open(project, ClockMode.REPLAY, Progress.SILENT);
    toLake = new LakeFlush(project.lake(), live.store());
    flush =
        new BackgroundFlush(
            live.store(), toLake, new FlushSettings(3, Duration.ofSeconds(60)), () -> now);
  }

  @AfterEach
  void close() {
    flush.close();
    live.close();
    operations.close();
  }

  private void push(long litres) {
    new LiveServing(project, live)
        .source(SOURCE)
        .push(
            RawRows.pushed(Rows.of(COLUMNS).row("n" + pushed++, LIVE, "a", litres).batch())
                .seenAt(LIVE));
  }

  private void lookAt(long seconds) {
    now = seconds * SECOND;
    flush.look();
  }

  private long inLake() {
    return rows(SOURCE) - 288;
  }

  private long rows(String table) {
    return project.lake().table(table).snapshot(Ref.current()).rows();
  }

  private double metric(String name) {
    return new LiveServing(project, live, flush, NO_MAINTENANCE)
        .gauges().stream()
            .filter(gauge -> gauge.name().equals(name))
            .mapToDouble(Serving.Gauge::value)
            .sum();
  }

  @Test
  void few_rows_wait_until_one_is_old() {
    push(1);
    lookAt(0);
    lookAt(59);
    assertThat(inLake()).isZero();
    assertThat(metric("penstock_log_oldest_unflushed_seconds")).isEqualTo(59);

    lookAt(60);
    assertThat(inLake()).isOne();
    assertThat(metric("penstock_log_oldest_unflushed_seconds")).isZero();
  }

  @Test
  void many_rows_do_not_wait() {
    push(1);
    push(1);
    lookAt(0);
    assertThat(inLake()).isZero();

    push(1);
    lookAt(1);
    assertThat(inLake()).isEqualTo(3);
  }

  @Test
  void age_is_that_of_the_oldest_row_since_the_last_flush() {
    push(1);
    lookAt(0);
    now = 50 * SECOND;
    toLake.run();
    push(1);
    lookAt(55);
    lookAt(114);
    assertThat(inLake()).isOne();

    lookAt(115);
    assertThat(inLake()).isEqualTo(2);
  }

  @Test
  void refused_rows_and_predictions_move_without_accepted_ones() {
    push(-1);
    lookAt(0);
    lookAt(60);
    assertThat(rows(SourceTables.quarantineName(SOURCE))).isOne();

    Schema schema = Schema.of(Field.of("value", Scalar.INT64));
    TableEntry entry = new TableEntry(PREDICTIONS, Rows.of(schema).row(1L).batch());
    live.store().predictions().append(TableEntry.KIND, List.of(entry.encode())).join();
    lookAt(61);
    lookAt(121);
    assertThat(rows(PREDICTIONS)).isOne();
  }

  @Test
  void failure_is_a_warning_until_a_flush_succeeds() throws IOException {
    Path data = project.state("lake/test/" + SOURCE + "/data");
    Path aside = data.resolveSibling("aside");
    Files.move(data, aside);
    Files.createFile(data);
    push(1);
    lookAt(0);
    lookAt(60);
    assertThat(health().ready()).isTrue();
    assertThat(health().warnings())
        .singleElement()
        .asString()
        .startsWith("since 1970-01-01T00:01:00Z rows stay in the log")
        .contains(data.toString());
    lookAt(69);
    assertThat(metric("penstock_flush_failures_total")).isOne();
    lookAt(70);
    assertThat(metric("penstock_flush_failures_total")).isEqualTo(2);
    assertThat(health().warnings().get(0)).startsWith("since 1970-01-01T00:01:00Z");

    Files.delete(data);
    Files.move(aside, data);
    lookAt(80);
    assertThat(inLake()).isOne();
    assertThat(health().warnings()).isEmpty();
    assertThat(metric("penstock_flush_failures_total")).isEqualTo(2);
  }

  private Serving.Health health() {
    return new LiveServing(project, live, flush, NO_MAINTENANCE).health();
  }
}
