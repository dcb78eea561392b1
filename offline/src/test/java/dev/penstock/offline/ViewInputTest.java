package dev.penstock.offline;

import static dev.penstock.offline.Wells.micros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.SystemColumns;
import dev.penstock.format.Condition;
import dev.penstock.lake.Ref;
import dev.penstock.offline.Wells.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewInputTest {
  @TempDir Path folder;
  private Wells wells;
  private long first;

  @BeforeEach
  void fill() {
    wells = new Wells(folder);
    first = wells.append(List.of(new Row("a", 500L, 9, 9, 0), new Row("b", 50L, 3, 3, 1)));
    wells.append(List.of(new Row("a", null, 3, 12, 2), new Row("c", 101L, 3, 3, 3)));
  }

  @AfterEach
  void close() {
    wells.close();
  }

  private static List<Object> column(Iterable<Batch> batches, String name) {
    List<Object> values = new ArrayList<>();
    for (Batch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        values.add(batch.column(name).value(row));
      }
    }
    return values;
  }

  @Test
  void rows_come_in_the_order_of_the_log_whatever_their_times() {
    assertThat(column(wells.input().rows(Wells.VIEW, List.of()), SystemColumns.OFFSET))
        .containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void only_the_columns_of_the_view_are_read() {
    for (Batch batch : wells.input().rows(Wells.VIEW, List.of())) {
      assertThat(batch.schema().names())
          .containsExactlyInAnyOrderElementsOf(Wells.VIEW.columns())
          .doesNotContain(SystemColumns.ID);
    }
  }

  @Test
  void an_id_is_read_where_it_is_asked_for() {
    assertThat(column(wells.input().rows(List.of(SystemColumns.ID), List.of()), SystemColumns.ID))
        .containsExactly("r0", "r1", "r2", "r3");
  }

  @Test
  void a_transform_drops_rows_and_keeps_their_places_in_the_log() {
    Iterable<Batch> rows = wells.deep().rows(List.of("well"), List.of());
    assertThat(column(rows, SystemColumns.OFFSET)).containsExactly(0L, 3L);
    assertThat(column(rows, "well")).containsExactly("a", "c");
  }

  @Test
  void schema_of_transformed_rows_has_its_columns_and_those_of_the_system() {
    assertThat(wells.deep().schema(List.of("well", SystemColumns.ID)).names())
        .containsExactly("well", SystemColumns.ID);
    assertThat(wells.input().schema(List.of("depth")).names()).containsExactly("depth");
  }

  @Test
  void an_earlier_state_has_the_rows_of_then() {
    ViewInput before = wells.input().at(Ref.snapshot(first));
    assertThat(column(before.rows(Wells.VIEW, List.of()), SystemColumns.OFFSET))
        .containsExactly(0L, 1L);
    assertThat(wells.deep().at(Ref.snapshot(first)).transform()).isNotNull();
  }

  @Test
  void a_condition_holds_for_every_row() {
    List<Condition> from = List.of(Condition.range(SystemColumns.EVENT_TIME, micros(3), micros(9)));
    assertThat(column(wells.input().rows(Wells.VIEW, from), SystemColumns.OFFSET))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void after_the_last_rows_there_are_none() {
    Iterator<Batch> rows = wells.input().rows(Wells.VIEW, List.of()).iterator();
    while (rows.hasNext()) {
      rows.next();
    }
    assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
  }
}
