package dev.penstock.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import dev.penstock.testkit.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowChangeTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.required("id", Scalar.INT64),
          Field.of("part", Scalar.STRING),
          Field.of("value", Scalar.FLOAT64));

  @TempDir Path folder;
  private Lake lake;
  private LakeTable table;

  @BeforeEach
  void open() {
    lake = Lake.open(folder, "test");
    table = lake.create("rows", SCHEMA);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private static Batch batch(Schema schema, Object[]... rows) {
    List<ColumnBuilder> columns =
        schema.fields().stream().map(field -> ColumnBuilder.of(field.type(), 8)).toList();
    for (@Nullable Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        columns.get(i).append(row[i]);
      }
    }
    return new Batch(schema, columns.stream().map(ColumnBuilder::build).toList());
  }

  private static BatchReader rows(Object[]... rows) {
    return BatchReader.of(SCHEMA, List.of(batch(SCHEMA, rows)));
  }

  private static Object[] row(Object... values) {
    return values;
  }

  private static List<String> read(LakeTable table) {
    List<String> rows = new ArrayList<>();
    try (BatchReader reader = table.scan().open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        Rows.of(batch).forEach(row -> rows.add(row.toString()));
      }
    }
    return rows;
  }

  @Test
  void keys_of_another_type_or_of_unknown_columns_are_refused_before_anything_is_written()
      throws IOException {
    table.write().append(rows(row(1L, "a", 1.0)));
    Schema narrow = Schema.of(Field.required("id", Scalar.INT32));
    assertThatThrownBy(() -> table.write().delete(batch(narrow, row(1))))
        .hasMessageContaining("SCHEMA_INCOMPATIBLE")
        .hasMessageContaining("column 'id' is int32, in table 'rows' it is int64");
    Schema unknown = Schema.of(Field.required("nope", Scalar.INT64));
    assertThatThrownBy(() -> table.write().delete(batch(unknown, row(1L))))
        .hasMessageContaining("COLUMN_NOT_FOUND");
    List<Condition> nowhere = List.of(Condition.atLeast("nope", 3L));
    assertThatThrownBy(() -> table.write().replace(nowhere, rows(row(2L, "b", 2.0))))
        .hasMessageContaining("COLUMN_NOT_FOUND");
    try (Stream<Path> files = Files.list(folder.resolve("test/rows/data"))) {
      assertThat(files).hasSize(1);
    }
    assertThat(read(table)).containsExactly("[1, a, 1.0]");
  }

  @Test
  void a_delete_that_finds_nothing_leaves_the_table_as_it_is() {
    table.write().append(rows(row(1L, "a", 1.0)));
    long before = table.currentSnapshot().orElseThrow();
    Schema key = Schema.of(Field.required("id", Scalar.INT64));
    assertThat(table.write().delete(batch(key, row(2L))).deleted()).isZero();
    assertThat(table.currentSnapshot()).hasValue(before);
    assertThat(((BaseTable) table.fresh()).operations().current().formatVersion()).isEqualTo(2);
  }

  @Test
  void upsert_takes_the_place_of_rows_with_its_keys_nulls_among_them() {
    table.write().append(rows(row(1L, "a", 1.0), row(1L, null, 2.0), row(2L, "a", 3.0)));
    Appended done =
        table
            .write()
            .upsert(
                rows(row(1L, null, 20.0), row(3L, "c", 30.0), row(1L, null, 21.0)),
                List.of("id", "part"));
    assertThat(read(table))
        .containsExactly("[1, a, 1.0]", "[2, a, 3.0]", "[3, c, 30.0]", "[1, null, 21.0]");
    assertThat(done.rows()).isEqualTo(2);
    assertThat(done.deleted()).isEqualTo(1);
    assertThat(done.snapshotId()).isEqualTo(table.currentSnapshot().orElseThrow());
  }

  @Test
  void what_was_deleted_stays_readable_in_the_snapshot_before() {
    table.write().append(rows(row(1L, "a", 1.0), row(2L, "b", 2.0)));
    long before = table.currentSnapshot().orElseThrow();
    Schema key = Schema.of(Field.of("part", Scalar.STRING));
    assertThat(table.write().delete(batch(key, row("b"), row("z"))).deleted()).isEqualTo(1);
    assertThat(read(table)).containsExactly("[1, a, 1.0]");
    try (BatchReader then = table.scan().at(Ref.snapshot(before)).open()) {
      assertThat(then.next().rows()).isEqualTo(2);
    }
  }

  @Test
  void deleting_what_is_not_there_makes_no_snapshot() {
    Schema key = Schema.of(Field.of("id", Scalar.INT64));
    table.write().append(rows(row(1L, "a", 1.0)));
    long before = table.currentSnapshot().orElseThrow();
    Appended none = table.write().delete(batch(key, row(7L)));
    assertThat(none.deleted()).isZero();
    assertThat(table.currentSnapshot()).hasValue(before);
  }

  @Test
  void part_of_a_table_is_overwritten() {
    table.write().append(rows(row(1L, "a", 1.0), row(2L, "b", 2.0), row(3L, "a", null)));
    table.write().replace(List.of(Condition.equal("part", "a")), rows(row(9L, "a", 9.0)));
    assertThat(read(table)).containsExactly("[2, b, 2.0]", "[9, a, 9.0]");
  }

  @Test
  void batch_is_upserted_once() {
    table.write().batchId("one").upsert(rows(row(1L, "a", 1.0)), List.of("id"));
    table.write().batchId("two").upsert(rows(row(1L, "a", 2.0)), List.of("id"));
    Appended again = table.write().batchId("one").upsert(rows(row(1L, "a", 1.0)), List.of("id"));
    assertThat(again.repeated()).isTrue();
    assertThat(read(table)).containsExactly("[1, a, 2.0]");
  }

  @Test
  void branch_is_changed_and_main_is_not() {
    table.write().append(rows(row(1L, "a", 1.0)));
    table.write().toBranch("try").upsert(rows(row(1L, "a", 5.0)), List.of("id"));
    assertThat(read(table)).containsExactly("[1, a, 1.0]");
    table.publish("try");
    assertThat(read(table)).containsExactly("[1, a, 5.0]");
  }

  @Test
  void key_that_is_no_column_and_rows_that_do_not_fit_are_refused_and_leave_no_file()
      throws IOException {
    assertThatThrownBy(() -> table.write().upsert(rows(row(1L, "a", 1.0)), List.of("key")))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("key");
    Schema other = Schema.of(Field.required("id", Scalar.STRING), Field.of("more", Scalar.FLOAT64));
    assertThatThrownBy(
            () ->
                table
                    .write()
                    .upsert(
                        BatchReader.of(other, List.of(batch(other, row("x", 1.0)))), List.of("id")))
        .isInstanceOfSatisfying(
            PenstockException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE);
              assertThat(e).hasMessageContaining("'more'").hasMessageContaining("'id'");
            });
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).isEmpty();
    }
  }

  /** Two lakes on one folder are as two processes: they know nothing of each other. */
  @Test
  void of_many_writers_at_once_each_key_keeps_one_row() throws Exception {
    int rounds = 6;
    CyclicBarrier together = new CyclicBarrier(4);
    try (Lake other = Lake.open(folder, "test")) {
      List<LakeTable> tables = List.of(table, other.table("rows"));
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        LakeTable mine = tables.get(thread % 2);
        double value = thread;
        done.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < rounds; round++) {
                    together.await();
                    upsert(mine, round, value);
                  }
                  return null;
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
      threads.shutdown();
    }
    List<String> rows = read(table);
    assertThat(rows.stream().map(row -> row.split(",", -1)[0]))
        .containsExactlyInAnyOrder("[0", "[1", "[2", "[3", "[4", "[5");
  }

  /** As a caller does: again, when others were first. */
  private static void upsert(LakeTable table, long id, double value) {
    while (true) {
      try {
        table.write().upsert(rows(row(id, "p", value)), List.of("id"));
        return;
      } catch (PenstockException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT_RETRY);
      }
    }
  }

  /** What one process commits while another is about to is remembered too. */
  @Test
  void batch_of_another_process_is_not_forgotten() throws Exception {
    int batches = 12;
    try (Lake other = Lake.open(folder, "test")) {
      List<LakeTable> tables = List.of(table, other.table("rows"));
      ExecutorService threads = Executors.newFixedThreadPool(2);
      List<Future<?>> done = new ArrayList<>();
      for (LakeTable mine : tables) {
        done.add(
            threads.submit(
                () -> {
                  for (int batch = 0; batch < batches; batch++) {
                    mine.write().batchId("b" + batch).append(rows(row((long) batch, "p", 0.0)));
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
      threads.shutdown();
    }
    assertThat(read(table)).hasSize(batches);
  }
}
