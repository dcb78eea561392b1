package dev.penstock.platform.live;

import static dev.penstock.platform.TapsProject.COLUMNS;
import static dev.penstock.platform.TapsProject.LIVE;
import static dev.penstock.platform.TapsProject.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.platform.run.ProjectOperations;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is moved into the lake is there once, whatever came between. */
class LakeFlushTest {
  private static final String TABLE = "flood__predictions";
  private static final Schema NUMBERS = Schema.of(Field.of("value", Scalar.INT64));
  private static final Schema TEXTS = Schema.of(Field.of("value", Scalar.STRING));

  @TempDir Path folder;
  private OpenProject project;
  private ProjectOperations operations;
  private LiveStore live;

  @BeforeEach
  void open() {
    TestProject definitions = TapsProject.write(folder.resolve("project"));
    project = new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK);
    operations = new ProjectOperations(project);
    operations.apply(Progress.SILENT);
    TapsProject.done(TapsProject.ingest(operations, definitions, "history.csv"));
    openLive();
  }

  @AfterEach
  void close() {
    live.close();
    operations.close();
  }

  private void openLive() {
    live = LiveStore.open(project, ClockMode.REPLAY, Progress.SILENT);
  }

  private LakeFlush.Flushed flush() {
    return new LakeFlush(project.lake(), live.store()).run();
  }

  /** Flushes, but what the store says of it is lost, as in a crash after the lake's commits. */
  private void flushAndCrash() throws IOException {
    Path copy = folder.resolve("copy");
    live.close();
    copy(LiveStore.folder(project), copy);
    openLive();
    flush();
    live.close();
    delete(LiveStore.folder(project));
    copy(copy, LiveStore.folder(project));
    openLive();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void refuse(String id) {
    new LiveServing(project, live)
        .source(SOURCE)
        .push(RawRows.pushed(Rows.of(COLUMNS).row(id, LIVE, "a", -1L).batch()).seenAt(LIVE));
  }

  private void push(String id) {
    new LiveServing(project, live)
        .source(SOURCE)
        .push(RawRows.pushed(Rows.of(COLUMNS).row(id, LIVE, "a", 1L).batch()).seenAt(LIVE));
  }

  private void predict(Batch rows) {
    live.store()
        .predictions()
        .append(TableEntry.KIND, List.of(new TableEntry(TABLE, rows).encode()))
        .join();
  }

  private static Batch number(long value) {
    return Rows.of(NUMBERS).row(value).batch();
  }

  private long rows(String table) {
    return project.lake().table(table).snapshot(Ref.current()).rows();
  }

  @Test
  void pushed_rows_are_there_once_after_a_crash_and_more_of_them() throws IOException {
    long history = rows(SOURCE);
    push("n0");
    push("n1");
    flushAndCrash();
    push("n2");
    assertThat(flush().rows()).isOne();

    assertThat(rows(SOURCE)).isEqualTo(history + 3);
  }

  @Test
  void prediction_in_the_lake_finds_the_rows_before_it_there() throws Exception {
    long history = rows(SOURCE);
    AtomicBoolean done = new AtomicBoolean();
    Thread serving =
        new Thread(
            () -> {
              for (long row = 1; !done.get(); row++) {
                push("n" + row);
                predict(number(row));
              }
            });
    serving.start();
    LakeFlush flush = new LakeFlush(project.lake(), live.store());
    try {
      while (rows(SOURCE) < history + 50) {
        flush.run();
        long predictions = project.lake().exists(TABLE) ? rows(TABLE) : 0;
        assertThat(predictions).isLessThanOrEqualTo(rows(SOURCE) - history);
      }
    } finally {
      done.set(true);
      serving.join();
    }
  }

  @Test
  void refused_rows_are_there_once_after_a_crash_and_more_of_them() throws IOException {
    refuse("r0");
    refuse("r1");
    flushAndCrash();
    refuse("r2");
    flush();

    assertThat(rows(SourceTables.quarantineName(SOURCE))).isEqualTo(3);
    assertThat(live.store().quarantine().count(SOURCE)).isZero();
  }

  @Test
  void predictions_are_there_once_after_a_crash_and_more_of_them() throws IOException {
    predict(number(1));
    predict(number(2));
    flushAndCrash();
    predict(number(3));
    assertThat(flush().predictions()).isOne();

    assertThat(rows(TABLE)).isEqualTo(3);
    predict(number(4));
    assertThat(flush().predictions()).isOne();
  }

  @Test
  void predictions_of_a_store_that_begins_anew_are_not_taken_for_known_ones() throws IOException {
    predict(number(1));
    flush();
    live.close();
    delete(LiveStore.folder(project));
    openLive();
    predict(number(2));
    flush();

    assertThat(rows(TABLE)).isEqualTo(2);
  }

  @Test
  void predictions_whose_column_changed_its_type_have_a_table_of_their_own() throws IOException {
    predict(number(1));
    flush();
    predict(number(2));
    predict(Rows.of(TEXTS).row("three").batch());
    flushAndCrash();
    predict(number(4));
    flush();

    assertThat(rows(TABLE)).isEqualTo(3);
    assertThat(rows(TABLE + "__2")).isOne();
    assertThat(SourceTables.all(project.lake(), TABLE)).containsExactly(TABLE, TABLE + "__2");
    assertThat(SourceTables.fitting(project.lake(), TABLE, TEXTS)).isEqualTo(TABLE + "__2");
  }
}
