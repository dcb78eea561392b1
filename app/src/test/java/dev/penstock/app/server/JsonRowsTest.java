package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.penstock.app.json.Json;
import dev.penstock.app.json.JsonCells;
import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.source.ExtraColumns;
import dev.penstock.source.RawRows;
import dev.penstock.source.RawRows.UnreadableCell;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonRowsTest {
  private static final Schema ALL =
      Schema.of(
          Field.of("b", Scalar.BOOLEAN),
          Field.of("i", Scalar.INT32),
          Field.of("l", Scalar.INT64),
          Field.of("f", Scalar.FLOAT32),
          Field.of("d", Scalar.FLOAT64),
          Field.of("s", Scalar.STRING),
          Field.of("x", Scalar.BINARY),
          Field.of("day", Scalar.DATE),
          Field.of("t", Scalar.TIMESTAMP),
          Field.of("lt", Scalar.LOCAL_TIMESTAMP),
          Field.of("m", new Type.Decimal(10, 2)),
          Field.of("v", new Type.Vector(2)));

  private static final String ROW =
      "{\"b\":true,\"i\":-1,\"l\":9007199254740993,\"f\":0.1,\"d\":0.1,\"s\":\"ä\\u0000\","
          + "\"x\":\"AQI=\",\"day\":\"2001-06-01\",\"t\":\"2001-06-01T00:00:00.000001Z\","
          + "\"lt\":\"2001-06-01T00:00:00\",\"m\":1.50,\"v\":[1.5,-2.0]}";

  private static RawRows push(Schema schema, ExtraColumns extra, String rows) throws IOException {
    JsonRows decoded = JsonRows.toPush(schema, extra);
    try (JsonParser json = Json.FACTORY.createParser(rows)) {
      json.nextToken();
      decoded.readArray(json);
    }
    return decoded.pushed();
  }

  private static RawRows push(String rows) throws IOException {
    return push(ALL, ExtraColumns.REFUSE, rows);
  }

  @Test
  void values_of_every_type_are_written_as_they_were_read() throws IOException {
    Batch batch = push("[" + ROW + "]").rows();

    assertThat(batch.column("l").value(0)).isEqualTo(9007199254740993L);
    assertThat(batch.column("f").value(0)).isEqualTo(0.1f);
    assertThat(batch.column("m").value(0)).isEqualTo(new BigDecimal("1.50"));
    assertThat(new String(Json.bytes(json -> write(json, batch)))).isEqualTo(ROW);
  }

  private static void write(JsonGenerator json, Batch batch) throws IOException {
    json.writeStartObject();
    for (int c = 0; c < batch.schema().size(); c++) {
      json.writeFieldName(batch.schema().field(c).name());
      JsonCells.write(json, batch.column(c), 0);
    }
    json.writeEndObject();
  }

  @Test
  void column_that_is_left_out_or_null_is_null() throws IOException {
    RawRows rows = push("[{\"i\": null}, {}, " + ROW + "]");

    assertThat(rows.unreadable()).isEmpty();
    for (Field field : ALL.fields()) {
      assertThat(rows.rows().column(field.name()).isNull(0)).isTrue();
      assertThat(rows.rows().column(field.name()).isNull(1)).isTrue();
      assertThat(rows.rows().column(field.name()).isNull(2)).isFalse();
    }
  }

  @Test
  void value_of_another_type_is_null_and_kept_as_it_was_written() throws IOException {
    String[][] wrong = {
      {"b", "1"},
      {"b", "\"true\""},
      {"i", "2147483648"},
      {"i", "1.5"},
      {"i", "\"1\""},
      {"l", "9223372036854775808"},
      {"l", "1e300"},
      {"f", "\"fast\""},
      {"d", "true"},
      {"s", "1"},
      {"x", "\"?\""},
      {"day", "\"2001-02-30\""},
      {"day", "11474"},
      {"t", "\"soon\""},
      {"t", "1.5"},
      {"lt", "\"2001-06-01T00:00:00Z\""},
      {"lt", "0"},
      {"m", "1.505"},
      {"m", "123456789.00"},
      {"m", "1e999999999"},
      {"v", "[1]"},
      {"v", "[1,\"a\"]"},
      {"v", "1"},
      {"i", "{}"},
      {"s", "[\"a\"]"}
    };
    for (String[] cell : wrong) {
      RawRows rows = push("[{\"" + cell[0] + "\": " + cell[1] + "}, " + ROW + "]");

      assertThat(rows.unreadable()).as("%s %s", cell[0], cell[1]).hasSize(1);
      UnreadableCell unreadable = rows.unreadable().get(0);
      assertThat(unreadable.row()).isZero();
      assertThat(unreadable.column()).isEqualTo(cell[0]);
      assertThat(rows.rows().column(cell[0]).isNull(0)).isTrue();
      assertThat(rows.rows().column(cell[0]).isNull(1)).isFalse();
    }
  }

  @Test
  void whole_numbers_may_be_written_as_floats() throws IOException {
    assertThat(push("[{\"l\": 3.0, \"i\": -0.0}]").unreadable()).isEmpty();
  }

  @Test
  void numbers_that_are_none_are_read_bare_and_as_text() throws IOException {
    Batch batch = push("[{\"d\": NaN, \"f\": \"-Infinity\"}, {\"d\": \"NaN\"}]").rows();

    assertThat(batch.column("d").value(0)).isEqualTo(Double.NaN);
    assertThat(batch.column("f").value(0)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(batch.column("d").value(1)).isEqualTo(Double.NaN);
  }

  @Test
  void first_of_two_values_in_one_column_counts() throws IOException {
    assertThat(push("[{\"i\": 1, \"i\": 2}]").rows().column("i").value(0)).isEqualTo(1);
  }

  @Test
  void extra_column_is_refused_or_passed_over_as_the_source_says() throws IOException {
    String rows = "[{\"i\": 1, \"more\": {\"deep\": [1, 2]}}]";

    assertThatThrownBy(() -> push(rows)).hasMessageStartingWith("COLUMN_NOT_FOUND");
    assertThat(push(ALL, ExtraColumns.IGNORE, rows).rows().schema()).isEqualTo(ALL);
  }

  @Test
  void id_and_seen_time_are_there_only_when_a_row_has_them() throws IOException {
    assertThat(push("[{\"i\": 1}]").rows().schema()).isEqualTo(ALL);
    assertThat(push("[{\"_id\": \"a\"}, {}]").rows().schema().names()).contains("_id");
    assertThat(push("[{\"_seen_time\": 0}]").rows().schema().names())
        .contains("_seen_time")
        .doesNotContain("_id");
  }

  @Test
  void question_with_a_value_that_does_not_fit_is_refused_with_its_row() throws IOException {
    JsonRows rows = JsonRows.toAsk(List.of(Field.required("i", Scalar.INT32)));
    try (JsonParser json = Json.FACTORY.createParser("[{\"i\": 1}, {\"i\": \"x\"}]")) {
      json.nextToken();
      rows.readArray(json);
    }

    assertThatThrownBy(rows::asked).hasMessage("TYPE_MISMATCH row 1: 'x' is no i int32 not null");
  }

  @Test
  void depth_is_bounded() {
    assertThatThrownBy(() -> push("[{\"i\": " + "[".repeat(1000) + "]".repeat(1000) + "}]"))
        .isInstanceOf(IOException.class);
  }
}
