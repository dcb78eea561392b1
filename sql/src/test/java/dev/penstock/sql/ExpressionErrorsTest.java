package dev.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionErrorsTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("delay", Scalar.INT64),
          Field.of("distance", Scalar.INT64),
          Field.of("origin", Scalar.STRING),
          Field.of("date", Scalar.LOCAL_TIMESTAMP),
          Field.of("seen", Scalar.TIMESTAMP),
          Field.of("x", Scalar.FLOAT64));

  private static PenstockException error(String text, Place place) {
    return Assertions.catchThrowableOfType(
        PenstockException.class, () -> Expressions.compile(text, SCHEMA, Lookups.NONE, place));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          delai > 3             ~ COLUMN_NOT_FOUND   ~ 5  ~ there is no column 'delai'; has: delay, distance, origin, date, seen, x. Did you mean 'delay'?
          1 + Delay             ~ COLUMN_NOT_FOUND   ~ 9  ~ Did you mean 'delay'?
          origin + 1            ~ TYPE_MISMATCH      ~ 12 ~ '+' takes numbers, not string and int64; '||' joins strings
          origin > 1            ~ TYPE_MISMATCH      ~ 12 ~ cannot take string and int64 together
          NOT delay             ~ TYPE_MISMATCH      ~ 9  ~ NOT takes boolean, not int64; write CAST(… AS boolean)
          date = seen           ~ TYPE_MISMATCH      ~ 10 ~ a local time needs its zone: to_utc(local_timestamp, zone)
          seen - seen           ~ TYPE_MISMATCH      ~ 10 ~ seconds_between(start, end)
          uper(origin)          ~ FUNCTION_NOT_FOUND ~ 5  ~ Did you mean 'upper'?
          mean(delay)           ~ FUNCTION_NOT_FOUND ~ 5  ~ 'mean' is an aggregate
          count(*)              ~ FUNCTION_NOT_FOUND ~ 5  ~ 'count' is an aggregate
          sum(x) OVER ()        ~ FUNCTION_NOT_FOUND ~ 5  ~ 'sum' is an aggregate
          1 + now()             ~ EXPRESSION_NOT_DETERMINISTIC ~ 9 ~ time and seeds are inputs
          RANDOM() < 0.5        ~ EXPRESSION_NOT_DETERMINISTIC ~ 5 ~ 'random' gives another value each time
          current_timestamp     ~ EXPRESSION_NOT_DETERMINISTIC ~ 5 ~ 'current_timestamp'
          upper()               ~ TYPE_MISMATCH      ~ 5  ~ upper does not take 0 arguments; write upper(text)
          upper(delay)          ~ TYPE_MISMATCH      ~ 11 ~ upper takes string, not int64
          delay +               ~ EXPRESSION_SYNTAX  ~ 12 ~ the end of the text where a value should be
          delay delay           ~ EXPRESSION_SYNTAX  ~ 11 ~ 'delay' where an operator or the end should be
          (delay                ~ EXPRESSION_SYNTAX  ~ 11 ~ where ')' should be
          'abc                  ~ EXPRESSION_SYNTAX  ~ 5  ~ this quote is never closed
          delay // 2            ~ EXPRESSION_SYNTAX  ~ 11 ~ floor(a / b) gives the whole part
          delay ; 2             ~ EXPRESSION_SYNTAX  ~ 11 ~ ';' where
          delay § 2             ~ EXPRESSION_SYNTAX  ~ 11 ~ '§' has no place in SQL
          a < b < c             ~ EXPRESSION_SYNTAX  ~ 11 ~ '<' where
          CASE delay END        ~ EXPRESSION_SYNTAX  ~ 16 ~ 'END' where WHEN should be
          delay IN ()           ~ EXPRESSION_SYNTAX  ~ 11 ~ IN () lists nothing
          delay IN (SELECT 1)   ~ UNSUPPORTED        ~ 15 ~ use lookup(table, key, column)
          landings.delay        ~ COLUMN_NOT_FOUND   ~ 5  ~ write the column alone
          date + INTERVAL '1' d ~ UNSUPPORTED        ~ 12 ~ plus_minutes(time, number)
          CAST(delay AS int7)   ~ TYPE_MISMATCH      ~ 19 ~ there is no type 'int7'; types: boolean
          CAST(x AS string)     ~ TYPE_MISMATCH      ~ 5  ~ a float has no one text
          CAST(date AS timestamp) ~ TYPE_MISMATCH    ~ 5  ~ write to_utc(local_timestamp, zone)
          CAST('abc' AS int64)  ~ TYPE_MISMATCH      ~ 10 ~ 'abc' is no int64
          date > '2001-02-30'   ~ TYPE_MISMATCH      ~ 10 ~ '2001-02-30' is no local_timestamp
          DATE '2001-02-30'     ~ TYPE_MISMATCH      ~ 5  ~ '2001-02-30' is no date
          9223372036854775808   ~ TYPE_MISMATCH      ~ 5  ~ beyond the range of int64
          1e400                 ~ TYPE_MISMATCH      ~ 5  ~ beyond the range of float64
          NULL                  ~ TYPE_MISMATCH      ~ 5  ~ NULL alone has no type
          coalesce(NULL, NULL)  ~ TYPE_MISMATCH      ~ 5  ~ coalesce of nothing but NULL
          extract(our FROM date)~ TYPE_MISMATCH      ~ 5  ~ a time has no 'our'; has: second, minute, hour
          extract(hour FROM DATE '2001-01-01') ~ TYPE_MISMATCH ~ 23 ~ a date has no hour
          date_trunc(origin, date) ~ TYPE_MISMATCH   ~ 16 ~ takes a unit in single quotes
          to_utc(date, 'Mars')  ~ TYPE_MISMATCH      ~ 18 ~ there is no time zone 'Mars'
          round(x, delay)       ~ TYPE_MISMATCH      ~ 14 ~ digits are a whole number
          origin LIKE delay     ~ EXPRESSION_SYNTAX  ~ 17 ~ where a pattern in single quotes should be
          lookup(delay)         ~ EXPRESSION_SYNTAX  ~ 5  ~ write lookup(table, key, column)
          lookup(planes, origin, name) ~ NOT_FOUND   ~ 12 ~ there is no lookup table 'planes'
          """)
  void errors_say_what_and_where(String text, ErrorCode code, int column, String part) {
    PenstockException error = error(text, Rows.PLACE);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.place()).isEqualTo(new Place("views.yaml", 10, column));
    assertThat(error).hasMessageContaining(part);
  }

  @Test
  void errors_point_into_later_lines() {
    assertThat(error("delay +\n  delai", Rows.PLACE).place())
        .isEqualTo(new Place("views.yaml", 11, 3));
  }

  @Test
  void without_a_line_the_character_is_told() {
    assertThat(error("delay + delai", Place.of("views.yaml")))
        .hasMessage(
            "COLUMN_NOT_FOUND views.yaml there is no column 'delai' (character 9);"
                + " has: delay, distance, origin, date, seen, x. Did you mean 'delay'?");
  }

  @Test
  void deep_nesting_is_refused() {
    String deep = "(".repeat(300) + "1" + ")".repeat(300);
    assertThat(error(deep, Rows.PLACE).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void another_schema_at_evaluation_is_refused() {
    Schema other = Schema.of(Field.of("delay", Scalar.FLOAT64));
    assertThatThrownBy(
            () ->
                Rows.compile("delay + 1", SCHEMA).evaluate(Rows.of(other, new Object[][] {{1.0}})))
        .hasMessageContaining("SCHEMA_INCOMPATIBLE");
  }
}
