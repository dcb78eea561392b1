package dev.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTextTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("a", Scalar.INT64),
          Field.of("b", Scalar.INT64),
          Field.of("p", Scalar.BOOLEAN),
          Field.of("q", Scalar.BOOLEAN),
          Field.of("s", Scalar.STRING),
          Field.of("t", Scalar.LOCAL_TIMESTAMP),
          Field.of("odd name", Scalar.INT64),
          Field.of("Order", Scalar.INT64),
          Field.of("pay.card.fee", Scalar.INT64));

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          a+b                              ~ a + b
          ((a)) + (b*2)                    ~ a + b * 2
          (a + b) * 2                      ~ (a + b) * 2
          a - (b - 1)                      ~ a - (b - 1)
          a - b - 1                        ~ a - b - 1
          a - -1                           ~ a - -1
          -(-a)                            ~ -(-a)
          - - a                            ~ a
          p and (q And p)                  ~ p AND q AND p
          p or (q and p)                   ~ p OR q AND p
          (p or q) and p                   ~ (p OR q) AND p
          not(a=b)                         ~ NOT a = b
          NOT NOT p                        ~ p
          a != b                           ~ a <> b
          a not in (1,2)                   ~ NOT a IN (1, 2)
          a is not null                    ~ NOT a IS NULL
          (a = b) is null                  ~ a = b IS NULL
          p = (q is null)                  ~ p = (q IS NULL)
          a between 1 and (b)              ~ a BETWEEN 1 AND b
          case a when 1 then 'x' end       ~ CASE WHEN a = 1 THEN 'x' END
          CAST(a as BIGINT)                ~ CAST(a AS int64)
          a::double precision              ~ CAST(a AS float64)
          try_cast(s AS decimal( 10, 2 ))  ~ CAST(s AS decimal(10,2))
          date '2001-01-01'                ~ CAST('2001-01-01' AS date)
          UPPER ( s )                      ~ upper(s)
          POW(a, 2)                        ~ power(a, 2)
          Extract(HOUR from t)             ~ extract(hour FROM t)
          'it''s' || s                     ~ 'it''s' || s
          "a" + "odd name"                 ~ a + "odd name"
          pay.card.fee + "pay.card.fee"    ~ "pay.card.fee" + "pay.card.fee"
          "pay".card."fee"                 ~ "pay.card.fee"
          "Order" /* c */ + 1 -- end       ~ "Order" + 1
          1_000 + .5                       ~ 1000 + 0.5
          s like 'a!%' escape '!'          ~ s LIKE 'a!%' ESCAPE '!'
          p is true                        ~ coalesce(p, FALSE)
          a is distinct from b             ~ a IS DISTINCT FROM b
          (a + b)::int32                   ~ CAST(a + b AS int32)
          substring(s from 2 for 1)        ~ substring(s, 2, 1)
          """)
  void spellings_of_one_meaning_have_one_text(String written, String canonical) {
    assertThat(Rows.compile(written, SCHEMA).text()).isEqualTo(canonical);
    assertThat(Rows.compile(canonical, SCHEMA).text()).isEqualTo(canonical);
  }
}
