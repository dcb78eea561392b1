package dev.penstock.sql;

import static dev.penstock.sql.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import org.junit.jupiter.api.Test;

class LookupTest {
  private static final Schema AIRPORTS =
      Schema.of(
          Field.required("iata", Scalar.STRING),
          Field.of("latitude", Scalar.FLOAT64),
          Field.of("time_zone", Scalar.STRING));

  private static final LookupTable TABLE =
      LookupTable.of(
          "airports",
          Rows.of(
              AIRPORTS,
              row("ORD", 41.98, "America/Chicago"),
              row("ATL", 33.64, "America/New_York"),
              row("XXX", null, null)),
          "iata");

  private static final Lookups LOOKUPS = name -> name.equals("airports") ? TABLE : null;

  private static final Schema FLIGHTS =
      Schema.of(Field.of("origin", Scalar.STRING), Field.of("date", Scalar.LOCAL_TIMESTAMP));

  /** 2001-06-01 00:00. */
  private static final long JUNE = 991_353_600_000_000L;

  private static final Batch ROWS =
      Rows.of(
          FLIGHTS,
          row("ATL", JUNE),
          row("ATL", JUNE),
          row("ORD", JUNE),
          row("XXX", JUNE),
          row("???", JUNE),
          row(null, JUNE));

  private static Expression compile(String text) {
    return Expressions.compile(text, FLIGHTS, LOOKUPS, Rows.PLACE);
  }

  @Test
  void a_key_that_is_not_there_gives_null() {
    assertThat(Rows.values(compile("lookup(airports, origin, latitude)").evaluate(ROWS)))
        .containsExactly(33.64, 33.64, 41.98, null, null, null);
  }

  @Test
  void a_looked_up_zone_converts() {
    long hour = 3_600_000_000L;
    Expression departed = compile("to_utc(date, lookup(airports, origin, time_zone))");
    assertThat(Rows.values(departed.evaluate(ROWS)))
        .containsExactly(JUNE + 4 * hour, JUNE + 4 * hour, JUNE + 5 * hour, null, null, null);
    assertThat(departed.text()).isEqualTo("to_utc(date, lookup(airports, origin, time_zone))");
    assertThat(departed.columns()).containsExactly("date", "origin");
  }

  @Test
  void semantics_name_the_tables_content_and_the_zones_it_names() {
    Expression departed = compile("to_utc(date, lookup(airports, origin, time_zone))");
    assertThat(departed.semantics())
        .hasSize(5)
        .contains("expressions 1", "function lookup 1", "function to_utc 1")
        .contains("lookup airports time_zone " + TABLE.fingerprint("time_zone"));
    String zones = departed.semantics().get(4);
    assertThat(zones).startsWith("zone rules ");
    assertThat(compile("to_utc(date, 'America/Chicago')").semantics()).doesNotContain(zones);
    assertThat(compile("to_utc(date, origin)").semantics()).doesNotContain(zones);
    assertThat(compile("origin || 'x'").semantics()).containsExactly("expressions 1");
  }

  @Test
  void the_fingerprint_is_of_the_content_and_not_of_its_order() {
    LookupTable other =
        LookupTable.of(
            "airports",
            Rows.of(
                AIRPORTS,
                row("XXX", null, null),
                row("ATL", 33.65, "America/New_York"),
                row("ORD", 41.98, "America/Chicago")),
            "iata");
    assertThat(other.fingerprint("time_zone")).isEqualTo(TABLE.fingerprint("time_zone"));
    assertThat(other.fingerprint("latitude")).isNotEqualTo(TABLE.fingerprint("latitude"));
  }

  @Test
  void integer_keys_are_found() {
    Schema schema = Schema.of(Field.required("id", Scalar.INT32), Field.of("v", Scalar.STRING));
    LookupTable table =
        LookupTable.of("t", Rows.of(schema, row(30, "c"), row(-1, "a"), row(7, "b")), "id");
    Schema input = Schema.of(Field.of("k", Scalar.INT64));
    Expression expression =
        Expressions.compile("lookup(t, k, v)", input, name -> table, Rows.PLACE);
    Batch batch = Rows.of(input, row(7L), row(30L), row(8L), row((Object) null), row(-1L));
    assertThat(Rows.values(expression.evaluate(batch))).containsExactly("b", "c", null, null, "a");
  }

  @Test
  void a_key_is_never_null_nor_there_twice() {
    assertThatThrownBy(() -> LookupTable.of("t", Rows.of(AIRPORTS, row(null, 1.0, "UTC")), "iata"))
        .hasMessageContaining("row 1 of lookup table 't' has no 'iata'");
    assertThatThrownBy(
            () ->
                LookupTable.of(
                    "t", Rows.of(AIRPORTS, row("A", 1.0, "UTC"), row("A", 2.0, "UTC")), "iata"))
        .hasMessageContaining("two rows with the iata 'A'");
    assertThatThrownBy(() -> LookupTable.of("t", Rows.of(AIRPORTS), "latitude"))
        .hasMessageContaining("a key is a string or an integer");
  }

  @Test
  void a_column_that_is_not_there_is_named() {
    assertThatThrownBy(() -> compile("lookup(airports, origin, zone)"))
        .hasMessageContaining("lookup table 'airports' has no column 'zone'")
        .hasMessageContaining("has: iata, latitude, time_zone");
  }
}
