package dev.penstock.sql;

import static dev.penstock.sql.Rows.row;
import static dev.penstock.sql.Rows.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {
  private static final long MAX = Long.MAX_VALUE;
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("a", Scalar.INT64),
          Field.of("b", Scalar.INT64),
          Field.of("x", Scalar.FLOAT64),
          Field.of("small", Scalar.INT32),
          Field.of("f", Scalar.FLOAT32),
          Field.of("name", Scalar.STRING),
          Field.of("yes", Scalar.BOOLEAN),
          Field.of("price", new Type.Decimal(10, 2)),
          Field.of("embedding", new Type.Vector(2)));

  private static final Batch ROWS =
      Rows.of(
          SCHEMA,
          row(7L, 2L, 1.5, 3, 0.1f, "ATL", true, new BigDecimal("9.99"), new float[] {1, 2}),
          row(-7L, 0L, Double.NaN, -3, -0.5f, "", false, new BigDecimal("-0.01"), null),
          row(null, 5L, -0.0, null, null, null, null, null, null),
          row(MAX, 1L, Double.NEGATIVE_INFINITY, 1, 2f, "é", true, new BigDecimal("1.00"), null));

  private static List<Object> evaluate(String text) {
    return Rows.values(Rows.compile(text, SCHEMA).evaluate(ROWS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          1 + 2 * 3                | 7
          (1 + 2) * 3              | 9
          7 - 2 - 1                | 4
          -7 % 3                   | -1
          7 % -3                   | 1
          -9223372036854775808 % -1| 0
          2 - -2                   | 4
          - (3)                    | -3
          abs(-4)                  | 4
          floor(4)                 | 4
          round(25, -1)            | 30
          round(-25, -1)           | -30
          round(24, -1)            | 20
          length('ab😀')            | 3
          extract(year FROM DATE '2001-05-31')     | 2001
          extract(doy FROM DATE '2000-12-31')      | 366
          extract(quarter FROM DATE '2001-05-31')  | 2
          extract(week FROM DATE '2001-01-01')     | 1
          extract(week FROM DATE '2000-01-02')     | 52
          extract(isodow FROM DATE '2001-05-27')   | 7
          extract(dow FROM DATE '2001-05-27')      | 0
          extract(minute FROM LOCAL_TIMESTAMP '1969-12-31 23:58:57.5') | 58
          extract(second FROM LOCAL_TIMESTAMP '1969-12-31 23:58:57.5') | 57
          extract(hour FROM TIMESTAMP '2001-01-01T05:00:00+02:00')     | 3
          extract(month FROM LOCAL_TIMESTAMP '2001-02-28')             | 2
          extract(day FROM LOCAL_TIMESTAMP '2001-02-28 23:59')         | 28
          CASE WHEN FALSE THEN 1 WHEN TRUE THEN 2 ELSE 3 END | 2
          CASE 5 WHEN 4 THEN 1 WHEN 5 THEN 2 END             | 2
          coalesce(NULL, 3, 4)     | 3
          nullif(3, 4)             | 3
          least(3, NULL, 2)        | 2
          greatest(3, NULL, 2)     | 3
          CAST('12' AS int64)      | 12
          CAST(2.5 AS int64)       | 2
          CAST(3.5 AS int64)       | 4
          CAST(-2.5 AS int64)      | -2
          CAST(TRUE AS int64)      | 1
          CAST(CAST('2.5' AS decimal(3,1)) AS int64) | 3
          """)
  void whole_numbers(String expression, long expected) {
    assertThat(value(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          7 / 2             | 3.5
          1.5 + 1           | 2.5
          1e3               | 1000
          .5                | 0.5
          7.5 % 2           | 1.5
          -7.5 % 2          | -1.5
          1.0 / 0           | Infinity
          0.0 / 0           | NaN
          floor(-1.5)       | -2
          ceil(1.2)         | 2
          round(2.5)        | 3
          round(-2.5)       | -3
          round(0.49999999999999994) | 0
          round(1234.567, 2)| 1234.57
          round(1234.567, -2)| 1200
          round(1e300, 15)  | 1e300
          sqrt(2)           | 1.4142135623730951
          sqrt(-1)          | NaN
          ln(0)             | -Infinity
          ln(-1)            | NaN
          log10(1000)       | 2.9999999999999996
          exp(1)            | 2.7182818284590455
          power(2, 10)      | 1024
          power(0, -1)      | Infinity
          sin(1)            | 0.8414709848078965
          cos(1)            | 0.5403023058681398
          tan(1)            | 1.5574077246549023
          asin(1)           | 1.5707963267948966
          acos(0)           | 1.5707963267948966
          atan(1)           | 0.7853981633974483
          atan2(1, -1)      | 2.356194490192345
          radians(180)      | 3.141592653589793
          degrees(radians(90)) | 90
          abs(-1.5)         | 1.5
          greatest(1.5, CAST('nan' AS float64)) | NaN
          least(1.5, CAST('nan' AS float64))    | 1.5
          CAST('1e-3' AS float64) | 0.001
          CAST('-inf' AS float64) | -Infinity
          seconds_between(DATE '2001-01-01', LOCAL_TIMESTAMP '2001-01-02 00:00:00.5') | 86400.5
          """)
  void floats(String expression, double expected) {
    if (expression.startsWith("log10")) {
      expected = StrictMath.log10(1000);
    }
    assertThat(value(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          upper('straße é')            | STRAßE É
          lower('ABC')                 | abc
          trim('  a b ')               | a b
          substring('hello', 2, 3)     | ell
          substring('hello' FROM 2 FOR 3) | ell
          substring('hello', 4)        | lo
          substring('hello', 0, 2)     | h
          substring('hello', -3, 2)    | ll
          substring('hello', -9, 6)    | he
          substring('hello', 9)        | ""
          substring('a😀b', 2, 1)       | 😀
          substr('hello', 1, 1)        | h
          CAST(12 AS string)           | 12
          CAST(TRUE AS varchar)        | true
          CAST(DATE '2001-05-31' AS string)                             | 2001-05-31
          CAST(LOCAL_TIMESTAMP '2001-05-31T01:02:03.450' AS string)     | 2001-05-31 01:02:03.45
          CAST(TIMESTAMP '2001-05-31 01:02Z' AS string)                 | 2001-05-31 01:02:00+00
          CAST(CAST('1.5' AS decimal(5,2)) AS string)                   | 1.50
          CAST(date_trunc('month', DATE '2001-05-31') AS string)        | 2001-05-01
          CAST(date_trunc('week', DATE '2001-05-31') AS string)         | 2001-05-28
          CAST(date_trunc('quarter', DATE '2001-05-31') AS string)      | 2001-04-01
          CAST(date_trunc('year', DATE '2001-05-31') AS string)         | 2001-01-01
          CAST(date_trunc('hour', LOCAL_TIMESTAMP '1969-12-31 23:58:57.5') AS string) | 1969-12-31 23:00:00
          CAST(date_trunc('minute', LOCAL_TIMESTAMP '1969-12-31 23:58:57.5') AS string) | 1969-12-31 23:58:00
          CAST(date_trunc('second', LOCAL_TIMESTAMP '1969-12-31 23:58:57.5') AS string) | 1969-12-31 23:58:57
          CAST(date_trunc('day', LOCAL_TIMESTAMP '1969-12-31 23:58:57.5') AS string) | 1969-12-31 00:00:00
          CAST(plus_minutes(LOCAL_TIMESTAMP '2001-05-31 23:59', 1.5) AS string) | 2001-06-01 00:00:30
          CAST(plus_minutes(DATE '2001-05-31', -1) AS string)           | 2001-05-30 23:59:00
          CAST(plus_seconds(TIMESTAMP '2001-05-31', 90) AS string)      | 2001-05-31 00:01:30+00
          CAST(plus_seconds(TIMESTAMP '2001-05-31', 0.0000005) AS string) | 2001-05-31 00:00:00+00
          CAST(plus_seconds(TIMESTAMP '2001-05-31', 0.0000015) AS string) | 2001-05-31 00:00:00.000002+00
          CAST(to_local(TIMESTAMP '2001-05-31', 'America/Chicago') AS string) | 2001-05-30 19:00:00
          CAST(to_utc(LOCAL_TIMESTAMP '2001-05-30 19:00', 'America/Chicago') AS string) | 2001-05-31 00:00:00+00
          CAST(CAST(TIMESTAMP '2001-05-31 23:00:00-03' AS date) AS string) | 2001-06-01
          """)
  void text(String expression, String expected) {
    assertThat(value(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          1 < 2                     | true
          'a' < 'B'                 | false
          1 = 1.0                   | true
          1 <> 2                    | true
          1 != 1                    | false
          2 BETWEEN 1 AND 3         | true
          2 NOT BETWEEN 1 AND 3     | false
          2 IN (1, 2)               | true
          2 NOT IN (1, 2)           | false
          'b' IN ('a', 'b')         | true
          NULL IS NULL              | true
          1 IS NOT NULL             | true
          (1 = NULL) IS TRUE        | false
          (1 = NULL) IS NOT TRUE    | true
          (1 = 2) IS FALSE          | true
          NULL IS DISTINCT FROM 1   | true
          NULL IS NOT DISTINCT FROM NULL::int64 | true
          1 IS DISTINCT FROM 1      | false
          'abc' LIKE 'a%'           | true
          'abc' LIKE '_b_'          | true
          'abc' LIKE '%b'           | false
          'abcabd' LIKE 'a%bd'      | true
          'a%c' LIKE 'a!%c' ESCAPE '!' | true
          'abc' LIKE 'a!%c' ESCAPE '!' | false
          'abc' NOT LIKE 'b%'       | true
          '😀' LIKE '_'              | true
          '' LIKE '%'               | true
          TRUE AND NOT FALSE        | true
          FALSE AND NULL            | false
          TRUE OR NULL              | true
          CAST('nan' AS float64) = CAST('nan' AS float64)  | true
          CAST('nan' AS float64) > CAST('inf' AS float64)  | true
          CAST('nan' AS float64) < 1                       | false
          0.0 = -0.0                | true
          DATE '2001-01-01' < '2001-01-02'                 | true
          DATE '2001-01-01' = LOCAL_TIMESTAMP '2001-01-01' | true
          0.1 + 0.2 = 0.3           | false
          CAST('true' AS boolean)   | true
          CAST(0 AS boolean)        | false
          """)
  void truth(String expression, boolean expected) {
    assertThat(value(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          1 / 0
          1 % 0
          9223372036854775807 + 1
          -9223372036854775808 - 1
          -(-9223372036854775808)
          9223372036854775807 * 2
          abs(-9223372036854775808)
          round(9223372036854775807, -1)
          1 + NULL
          1 = NULL
          TRUE AND NULL
          FALSE OR NULL
          NOT NULL
          nullif(3, 3)
          nullif(NULL, 3)
          2 IN (1, NULL)
          2 NOT IN (1, NULL)
          NULL BETWEEN 1 AND 2
          CASE WHEN NULL THEN 1 END
          least(NULL, CAST(NULL AS int64))
          CAST(substring('12x', 1) AS int64)
          CAST(trim('2001-02-29') AS date)
          CAST(2147483648 AS int32)
          CAST(1e19 AS int64)
          CAST(CAST('nan' AS float64) AS int64)
          CAST(trim('maybe') AS boolean)
          CAST(1000 AS decimal(3,0))
          substring('abc', 1, -1)
          to_utc(LOCAL_TIMESTAMP '2001-01-01', trim('Mars/Olympus'))
          plus_minutes(TIMESTAMP '2001-01-01', CAST('nan' AS float64))
          plus_minutes(TIMESTAMP '2001-01-01', 1e300)
          plus_minutes(TIMESTAMP '2001-01-01', 9223372036854775807)
          sqrt(NULL)
          """)
  void what_has_no_result_is_null(String expression) {
    assertThat(value(expression)).isNull();
  }

  @Test
  void strings_are_joined_and_null_wins() {
    assertThat(value("'a' || 'b' || 'c'")).isEqualTo("abc");
    assertThat(value("'a' || NULL")).isNull();
  }

  @Test
  void arithmetic_of_columns() {
    assertThat(evaluate("a + b")).containsExactly(9L, -7L, null, null);
    assertThat(evaluate("a / b")).containsExactly(3.5, null, null, (double) MAX);
    assertThat(evaluate("x * 0")).containsExactly(0.0, Double.NaN, 0.0, Double.NaN);
    assertThat(evaluate("small + 1")).containsExactly(4L, -2L, null, 2L);
    assertThat(evaluate("f + 0.0").get(0)).isEqualTo((double) 0.1f);
    assertThat(evaluate("-x").get(2)).isEqualTo(0.0);
  }

  @Test
  void decimals_are_exact() {
    assertThat(evaluate("price + 0.01"))
        .containsExactly(
            new BigDecimal("10.00"), new BigDecimal("0.00"), null, new BigDecimal("1.01"));
    assertThat(evaluate("price * price").get(0)).isEqualTo(new BigDecimal("99.8001"));
    assertThat(evaluate("price >= 9.99")).containsExactly(true, false, null, false);
    assertThat(evaluate("-price").get(0)).isEqualTo(new BigDecimal("-9.99"));
    assertThat(Rows.compile("price * 1.5", SCHEMA).type()).isEqualTo(new Type.Decimal(12, 3));
    assertThat(Rows.compile("price + a", SCHEMA).type()).isEqualTo(new Type.Decimal(22, 2));
    assertThat(Rows.compile("price / 2", SCHEMA).type()).isEqualTo(Scalar.FLOAT64);
    assertThat(Rows.compile("price * x", SCHEMA).type()).isEqualTo(Scalar.FLOAT64);
    assertThat(evaluate("CAST(price AS decimal(3,1))").get(0)).isEqualTo(new BigDecimal("10.0"));
  }

  @Test
  void vectors_pass_through() {
    assertThat(evaluate("embedding").get(0)).isEqualTo(new float[] {1, 2});
    assertThat(evaluate("embedding IS NULL")).containsExactly(false, true, true, true);
    assertThat(evaluate("CASE WHEN yes THEN embedding END").get(0)).isEqualTo(new float[] {1, 2});
  }

  @Test
  void a_literal_takes_the_type_beside_it() {
    assertThat(evaluate("f = 0.1").get(0)).isEqualTo(true);
    assertThat(Rows.compile("coalesce(small, 0)", SCHEMA).type()).isEqualTo(Scalar.INT32);
    assertThat(Rows.compile("coalesce(small, 3000000000)", SCHEMA).type()).isEqualTo(Scalar.INT64);
    assertThat(Rows.compile("coalesce(f, 0)", SCHEMA).type()).isEqualTo(Scalar.FLOAT32);
    assertThat(Rows.compile("coalesce(a, 0.5)", SCHEMA).type()).isEqualTo(Scalar.FLOAT64);
    assertThat(Rows.compile("CASE WHEN yes THEN 1 ELSE 0 END", SCHEMA).type())
        .isEqualTo(Scalar.INT64);
  }

  @Test
  void three_valued_logic_of_columns() {
    assertThat(evaluate("yes AND a > 0")).containsExactly(true, false, null, true);
    assertThat(evaluate("NOT yes OR a > 0")).containsExactly(true, true, null, true);
    assertThat(evaluate("name IN ('ATL', 'ORD')")).containsExactly(true, false, null, false);
    assertThat(evaluate("coalesce(name, 'none')")).containsExactly("ATL", "", "none", "é");
  }

  @Test
  void floats_come_out_canonical() {
    Expression column = Rows.compile("x", SCHEMA);
    assertThat(Double.doubleToRawLongBits((Double) column.evaluate(ROWS).value(2))).isZero();
    Expression quotient = Rows.compile("x / x - x / x", SCHEMA);
    for (int row : new int[] {1, 2, 3}) {
      long bits = Double.doubleToRawLongBits((Double) quotient.evaluate(ROWS).value(row));
      assertThat(bits).isEqualTo(Double.doubleToRawLongBits(Double.NaN));
    }
  }

  @Test
  void an_empty_batch_gives_an_empty_column() {
    assertThat(Rows.compile("a + b > 3", SCHEMA).evaluate(Batch.empty(SCHEMA)).size()).isZero();
  }

  @Test
  void it_tells_the_columns_it_reads() {
    assertThat(Rows.compile("a + b * a", SCHEMA).columns()).containsExactly("a", "b");
  }

  @Test
  void columns_may_have_the_names_of_types_and_functions() {
    Schema schema =
        Schema.of(Field.of("date", Scalar.LOCAL_TIMESTAMP), Field.of("Odd name", Scalar.INT64));
    Batch batch = Rows.of(schema, row(3_600_000_000L, 1L));
    assertThat(Rows.values(Rows.compile("extract(hour FROM date)", schema).evaluate(batch)))
        .containsExactly(1L);
    assertThat(Rows.values(Rows.compile("\"Odd name\" + 1", schema).evaluate(batch)))
        .containsExactly(2L);
  }
}
