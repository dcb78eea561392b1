package dev.penstock.sql;

import static dev.penstock.sql.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.RowTransform;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformsTest {
  private static final Schema LANDINGS =
      Schema.of(
          Field.required("origin", Scalar.STRING),
          Field.of("delay", Scalar.INT64),
          Field.of("distance", Scalar.INT64));

  private static final Schema ACCEPTED = LANDINGS.with(SystemColumns.FIELDS);

  private static RowTransform compile(String sql) {
    return Transforms.rowWise(sql, "landings", LANDINGS, Lookups.NONE, Rows.PLACE);
  }

  @Test
  void it_projects_and_filters() {
    RowTransform transform =
        compile(
            "SELECT origin, delay >= 15 AS late FROM landings WHERE delay > 0 OR delay IS NULL");
    assertThat(transform.schema())
        .isEqualTo(
            Schema.of(Field.required("origin", Scalar.STRING), Field.of("late", Scalar.BOOLEAN)));
    Batch out =
        transform.apply(
            Rows.of(
                LANDINGS,
                row("ATL", 20L, 1L),
                row("ORD", -3L, 2L),
                row("LAX", null, 3L),
                row("JFK", 1L, 4L)));
    assertThat(Rows.rows(out))
        .containsExactly(row2("ATL", true), row2("LAX", null), row2("JFK", false));
  }

  private static List<Object> row2(Object first, Object second) {
    return java.util.Arrays.asList(first, second);
  }

  @Test
  void system_columns_are_carried_with_their_rows() {
    RowTransform transform = compile("SELECT distance * 2 AS twice FROM landings WHERE delay > 0");
    Batch out =
        transform.apply(
            Rows.of(
                ACCEPTED,
                row("ATL", 0L, 1L, 10L, 11L, 0, 100L, "a"),
                row("ORD", 5L, 2L, 20L, 21L, 0, 101L, "b")));
    assertThat(out.schema().names())
        .containsExactly("twice", "_event_time", "_seen_time", "_partition", "_offset", "_id");
    assertThat(Rows.rows(out)).containsExactly(List.of(4L, 20L, 21L, 0, 101L, "b"));
  }

  @Test
  void it_tells_the_columns_it_reads() {
    assertThat(compile("SELECT origin || 'x' AS o FROM landings WHERE delay > 0").columns())
        .containsExactly("delay", "origin");
    assertThat(
            Transforms.rowWise(
                    "SELECT *, _offset AS n FROM landings",
                    "landings",
                    ACCEPTED,
                    Lookups.NONE,
                    Rows.PLACE)
                .columns())
        .containsExactly("delay", "distance", "origin");
  }

  @Test
  void a_star_stands_for_the_inputs_own_columns() {
    RowTransform transform =
        Transforms.rowWise(
            "select *, _event_time AS at from landings",
            "landings",
            ACCEPTED,
            Lookups.NONE,
            Rows.PLACE);
    assertThat(transform.schema().names()).containsExactly("origin", "delay", "distance", "at");
  }

  @Test
  void constants_alone_keep_the_rows() {
    RowTransform transform = compile("SELECT 1 AS one FROM landings WHERE delay > 0");
    Batch out = transform.apply(Rows.of(LANDINGS, row("A", 1L, 1L), row("B", 0L, 1L)));
    assertThat(Rows.rows(out)).containsExactly(List.of(1L));
  }

  @Test
  void what_a_row_retracts_is_carried_with_it() {
    Batch rows =
        Rows.of(
            LANDINGS.with(SystemColumns.RETRACTION_FIELDS),
            row("BOS", 5L, 1L, null, null),
            row("BOS", 5L, 1L, 0, 7L));
    Batch out = compile("SELECT delay + 1 AS next FROM landings WHERE delay > 0").apply(rows);
    assertThat(Rows.rows(out))
        .containsExactly(Arrays.asList(row(6L, null, null)), Arrays.asList(row(6L, 0, 7L)));
  }

  @Test
  void text_is_canonical() {
    assertThat(
            compile(
                    "select origin, (l.delay) as delay, delay+1 next from landings as l where ((delay>0));")
                .text())
        .isEqualTo("SELECT origin, delay, delay + 1 AS next FROM landings WHERE delay > 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT delay + 1 FROM landings                       ~ 12 ~ EXPRESSION_SYNTAX ~ 'delay + 1' has no name
          SELECT delay, distance AS delay FROM landings        ~ 31 ~ DEFINITION_DUPLICATE ~ two outputs are named 'delay'
          SELECT delay AS _id FROM landings                    ~ 21 ~ DEFINITION_VALUE ~ keeps for itself
          SELECT delay FROM departures                         ~ 23 ~ NOT_FOUND ~ its input is 'landings'
          SELECT delay FROM landings GROUP BY delay            ~ 32 ~ UNSUPPORTED ~ 'GROUP' has no place in row-wise SQL
          SELECT delay FROM landings, departures               ~ 31 ~ UNSUPPORTED ~ ',' has no place
          SELECT DISTINCT delay FROM landings                  ~ 12 ~ UNSUPPORTED ~ 'DISTINCT' has no place
          SELECT delay FROM (SELECT 1)                         ~ 23 ~ UNSUPPORTED ~ '(' has no place
          SELECT count(*) AS n FROM landings                   ~ 12 ~ FUNCTION_NOT_FOUND ~ 'count' is an aggregate
          SELECT delay FROM landings WHERE delay               ~ 38 ~ TYPE_MISMATCH ~ WHERE takes boolean, not int64
          SELECT delai FROM landings                           ~ 12 ~ COLUMN_NOT_FOUND ~ Did you mean 'delay'?
          SELECT x.delay FROM landings                         ~ 12 ~ COLUMN_NOT_FOUND ~ write the column alone
          """)
  void errors_say_what_and_where(String sql, int column, String code, String part) {
    assertThatThrownBy(() -> compile(sql))
        .hasMessageStartingWith(code + " views.yaml:10:" + column + " ")
        .hasMessageContaining(part);
  }
}
