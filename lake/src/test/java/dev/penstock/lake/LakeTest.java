package dev.penstock.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {
  private static final Schema SCHEMA =
      Schema.of(Field.required("n", Scalar.INT64), Field.of("name", Scalar.STRING));

  @TempDir Path folder;
  private Lake lake;
  private LakeTable table;

  @BeforeEach
  void open() {
    lake = Lake.open(folder, "project");
    table = lake.create("rows", SCHEMA);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private static BatchReader rows(long... numbers) {
    ColumnBuilder n = ColumnBuilder.of(Scalar.INT64, numbers.length);
    ColumnBuilder name = ColumnBuilder.of(Scalar.STRING, numbers.length);
    for (long number : numbers) {
      n.appendLong(number);
      name.append(number % 2 == 0 ? null : "odd " + number);
    }
    return BatchReader.of(SCHEMA, List.of(new Batch(SCHEMA, List.of(n.build(), name.build()))));
  }

  private static List<Object> column(TableScan scan, String name) {
    List<Object> values = new ArrayList<>();
    try (BatchReader reader = scan.open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        Column column = batch.column(name);
        for (int row = 0; row < batch.rows(); row++) {
          values.add(column.value(row));
        }
      }
    }
    return values;
  }

  private List<Object> numbers(Ref ref) {
    return column(table.scan().at(ref).columns(List.of("n")), "n");
  }

  @Test
  void a_table_never_written_to_has_no_rows() {
    assertThat(numbers(Ref.current())).isEmpty();
    assertThat(table.currentSnapshot()).isEmpty();
  }

  @Test
  void rows_come_back_in_the_order_of_their_commits() {
    table.write().append(rows(3, 1));
    table.write().append(rows(2));
    assertThat(numbers(Ref.current())).containsExactly(3L, 1L, 2L);
    assertThat(column(table.scan(), "name")).containsExactly("odd 3", "odd 1", null);
  }

  @Test
  void another_process_sees_what_was_committed() {
    table.write().append(rows(1));
    try (Lake other = Lake.open(folder, "project")) {
      assertThat(other.tables()).containsExactly("rows");
      assertThat(column(other.table("rows").scan(), "n")).containsExactly(1L);
    }
  }

  @Test
  void a_branch_shows_its_rows_and_main_does_not_until_published() {
    table.write().append(rows(1));
    table.write().toBranch("audit").append(rows(2));
    assertThat(numbers(Ref.branch("audit"))).containsExactly(1L, 2L);
    assertThat(numbers(Ref.current())).containsExactly(1L);
    table.publish("audit");
    assertThat(numbers(Ref.current())).containsExactly(1L, 2L);
    assertThat(table.snapshot(Ref.current()).rows()).isEqualTo(2);
    assertThat(table.branches()).containsOnlyKeys("main");
  }

  @Test
  void the_first_rows_of_a_table_may_come_through_a_branch() {
    table.write().toBranch("audit").positions(Positions.of(0, 2)).append(rows(1, 2));
    assertThat(numbers(Ref.current())).isEmpty();
    table.publish("audit");
    assertThat(numbers(Ref.current())).containsExactly(1L, 2L);
    assertThat(table.property(TableWrite.POSITIONS)).contains("0:2");
  }

  @Test
  void a_branch_that_main_overtook_is_appended_again() {
    table.write().append(rows(1));
    table.write().toBranch("audit").batchId("b").append(rows(2));
    table.write().append(rows(3));
    table.publish("audit");
    assertThat(numbers(Ref.current())).containsExactly(1L, 3L, 2L);
    assertThat(table.batch("b", LakeTable.MAIN)).isPresent();
  }

  @Test
  void a_branch_that_outlived_its_publication_is_not_published_twice() {
    table.write().append(rows(1));
    table.write().toBranch("audit").append(rows(2));
    long head = table.branches().get("audit");
    table.write().append(rows(3));
    table.publish("audit");
    // As after a crash before the branch was dropped.
    table.branch("audit", head);
    table.publish("audit");
    assertThat(numbers(Ref.current())).containsExactly(1L, 3L, 2L);
    table.branch("audit", head);
    table.write().toBranch("audit").append(rows(4));
    table.publish("audit");
    assertThat(numbers(Ref.current())).containsExactly(1L, 3L, 2L, 4L);
  }

  @Test
  void a_dropped_branch_leaves_main_as_it_was() {
    table.write().append(rows(1));
    table.write().toBranch("audit").append(rows(2));
    table.dropBranch("audit");
    assertThat(numbers(Ref.current())).containsExactly(1L);
    assertThatThrownBy(() -> table.publish("audit")).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void a_batch_of_the_same_id_is_appended_once() {
    Appended first = table.write().batchId("file 1").append(rows(1, 2));
    table.write().batchId("other").append(rows(3));
    Appended again = table.write().batchId("file 1").append(rows(1, 2));
    assertThat(again.repeated()).isTrue();
    assertThat(again.snapshotId()).isEqualTo(first.snapshotId());
    assertThat(numbers(Ref.current())).containsExactly(1L, 2L, 3L);
  }

  @Test
  void properties_are_carried_along_until_they_change() {
    table.write().property("a", "1").append(rows(1));
    table.write().append(rows(2));
    assertThat(table.property("a")).contains("1");
    table.write().property("a", "2").append(rows(3));
    assertThat(table.property("a")).contains("2");
    assertThat(table.property("b")).isEmpty();
  }

  @Test
  void the_past_is_read_by_snapshot_tag_and_moment() {
    long first = table.write().append(rows(1)).snapshotId();
    long moment = table.snapshot(Ref.current()).committedAt();
    table.tag("v1", first);
    pause();
    table.write().append(rows(2));
    assertThat(numbers(Ref.snapshot(first))).containsExactly(1L);
    assertThat(numbers(Ref.tag("v1"))).containsExactly(1L);
    assertThat(numbers(Ref.asOf(moment))).containsExactly(1L);
    assertThat(numbers(Ref.current())).containsExactly(1L, 2L);
    assertThatThrownBy(() -> numbers(Ref.tag("v2"))).hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> numbers(Ref.asOf(moment - 1_000_000_000L)))
        .hasMessageContaining("NOT_FOUND");
  }

  /** Iceberg's clock ticks in milliseconds: the next commit must fall into a later one. */
  private static void pause() {
    long start = System.currentTimeMillis();
    while (System.currentTimeMillis() < start + 2) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_tag_stays_where_it_is_unless_it_is_moved() {
    long first = table.write().append(rows(1)).snapshotId();
    long second = table.write().append(rows(2)).snapshotId();
    table.tag("v1", first);
    table.tag("v1", first);
    assertThatThrownBy(() -> table.tag("v1", second)).hasMessageContaining("USAGE");
    table.moveTag("v1", second);
    assertThat(table.tags()).containsEntry("v1", second);
  }

  @Test
  void replacing_leaves_the_past_readable() {
    long first = table.write().append(rows(1)).snapshotId();
    table.write().replace(rows(7, 8));
    assertThat(numbers(Ref.current())).containsExactly(7L, 8L);
    assertThat(numbers(Ref.snapshot(first))).containsExactly(1L);
    table.rollback(first);
    assertThat(numbers(Ref.current())).containsExactly(1L);
  }

  @Test
  void conditions_filter_exactly_and_need_not_be_among_the_columns() {
    table.write().append(rows(LongStream.range(0, 100).toArray()));
    TableScan scan = table.scan().columns(List.of("name")).where(Condition.range("n", 10L, 13L));
    assertThat(column(scan, "name")).containsExactly(null, "odd 11", null);
  }

  @Test
  void old_files_are_read_under_new_names_and_with_new_columns() {
    table.write().append(rows(1));
    table.change().rename("name", "label").add(Field.of("extra", Scalar.FLOAT64)).commit();
    assertThat(table.schema().names()).containsExactly("n", "label", "extra");
    assertThat(column(table.scan(), "label")).containsExactly("odd 1");
    assertThat(column(table.scan(), "extra")).containsExactly((Object) null);
    assertThat(table.scan().files().exact()).isFalse();
  }

  @Test
  void rows_of_another_type_are_refused_by_name() {
    Schema other = Schema.of(Field.required("n", Scalar.STRING));
    assertThatThrownBy(() -> table.write().append(BatchReader.of(other, List.of())))
        .hasMessageContaining("SCHEMA_INCOMPATIBLE")
        .hasMessageContaining("'n'");
  }

  @Test
  void going_back_to_earlier_rows_writes_them_again() {
    table.write().batchId("a").replace(rows(1));
    table.write().batchId("b").replace(rows(2));
    table.write().batchId("a").replace(rows(1));
    table.write().batchId("a").replace(rows(7));
    assertThat(numbers(Ref.current())).containsExactly(1L);
  }

  @Test
  void a_column_that_the_table_lacks_is_refused_by_name() {
    Schema wider = new Schema(List.of(Field.of("n", Scalar.INT64), Field.of("tip", Scalar.INT64)));
    Batch batch =
        new Batch(
            wider,
            List.of(
                new LongColumn(Scalar.INT64, new long[] {1}, null),
                new LongColumn(Scalar.INT64, new long[] {2}, null)));
    assertThatThrownBy(() -> table.write().append(BatchReader.of(wider, List.of(batch))))
        .hasMessageContaining("has no column 'tip'")
        .hasMessageContaining("penstock apply");
    assertThat(table.currentSnapshot()).isEmpty();
  }

  @Test
  void two_writers_at_once_both_get_through() throws Exception {
    try (Lake other = Lake.open(folder, "project")) {
      LakeTable same = other.table("rows");
      Thread second =
          new Thread(
              () -> {
                for (int i = 0; i < 5; i++) {
                  same.write().append(rows(100 + i));
                }
              });
      second.start();
      for (int i = 0; i < 5; i++) {
        table.write().append(rows(i));
      }
      second.join();
    }
    assertThat(numbers(Ref.current()))
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 100L, 101L, 102L, 103L, 104L);
  }

  @Test
  void a_branch_that_is_published_takes_no_property_back() {
    table.write().property("kept", "1").append(rows(1));
    table.write().toBranch("work").batchId("b1").append(rows(2));
    table.write().toBranch("work").batchId("b2").property("own", "w").append(rows(3));
    table.write().property("kept", "2").append(rows(4));
    table.publish("work");
    assertThat(table.property("kept")).contains("2");
    assertThat(table.property("own")).contains("w");
    assertThat(table.write().batchId("b1").append(rows(2)).repeated()).isTrue();
    assertThat(table.write().batchId("b2").append(rows(3)).repeated()).isTrue();
  }

  @Test
  void a_property_that_both_the_branch_and_main_were_given_is_a_conflict() {
    table.write().property("kept", "1").append(rows(1));
    table.write().toBranch("work").property("kept", "branch").append(rows(2));
    table.write().property("kept", "main").append(rows(3));
    assertThatThrownBy(() -> table.publish("work"))
        .hasMessageContaining("CONFLICT_RETRY")
        .hasMessageContaining("kept");
    assertThat(numbers(Ref.current())).containsExactly(1L, 3L);
  }

  @Test
  void files_are_not_the_rows_though_the_schema_they_were_written_with_is_forgotten() {
    table.write().append(rows(1));
    table.change().rename("name", "label").commit();
    table
        .write()
        .append(
            BatchReader.of(
                table.schema(), List.of(Rows.of(table.schema()).row(2L, "two").batch())));
    Table iceberg = table.fresh();
    iceberg.expireSnapshots().expireOlderThan(Long.MAX_VALUE).cleanExpiredMetadata(true).commit();
    assertThat(table.fresh().schemas()).hasSize(1);
    try (Lake other = Lake.open(folder, "another");
        TableFiles files = other.table(List.of("project"), "rows").scan().files()) {
      assertThat(files.exact()).isFalse();
    }
  }
}
