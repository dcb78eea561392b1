package dev.penstock.source.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class CastsTest {
  private static final Type MONEY = new Type.Decimal(10, 2);

  @Test
  void integers_take_whole_numbers_in_range_and_nothing_else() {
    assertThat(Casts.cast(3.0, Scalar.INT64)).isEqualTo(3L);
    assertThat(Casts.cast("42", Scalar.INT32)).isEqualTo(42);
    assertThat(Casts.cast(3.5, Scalar.INT64)).isNull();
    assertThat(Casts.cast(1L << 40, Scalar.INT32)).isNull();
    assertThat(Casts.cast(new BigInteger("9223372036854775808"), Scalar.INT64)).isNull();
    assertThat(Casts.cast(Double.NaN, Scalar.INT64)).isNull();
    assertThat(Casts.cast(true, Scalar.INT64)).isNull();
  }

  @Test
  void floats_take_numbers_and_their_text_but_not_javas_spellings() {
    assertThat(Casts.cast(7L, Scalar.FLOAT64)).isEqualTo(7.0);
    assertThat(Casts.cast("1e3", Scalar.FLOAT64)).isEqualTo(1000.0);
    assertThat(Casts.cast("NaN", Scalar.FLOAT64)).isEqualTo(Double.NaN);
    assertThat(Casts.cast("1d", Scalar.FLOAT64)).isNull();
    assertThat(Casts.cast("0x1p3", Scalar.FLOAT64)).isNull();
    assertThat(Casts.cast("", Scalar.FLOAT64)).isNull();
  }

  @Test
  void decimals_are_exact_or_refused_and_a_huge_exponent_costs_nothing() {
    assertThat(Casts.cast("1.5", MONEY)).isEqualTo(new BigDecimal("1.50"));
    assertThat(Casts.cast(0.1, MONEY)).isEqualTo(new BigDecimal("0.10"));
    assertThat(Casts.cast("1.505", MONEY)).isNull();
    assertThat(Casts.cast("123456789.00", MONEY)).isNull();
    assertThat(Casts.cast("1e999999999", MONEY)).isNull();
    assertThat(Casts.cast("1e-999999999", MONEY)).isNull();
    assertThat(Casts.cast("0e-999999999", MONEY)).isEqualTo(new BigDecimal("0.00"));
  }

  @Test
  void timestamps_are_read_with_zone_or_as_utc_and_local_ones_without() {
    assertThat(Casts.cast("1970-01-01T01:00:00+01:00", Scalar.TIMESTAMP)).isEqualTo(0L);
    assertThat(Casts.cast("1970-01-01 00:00:01", Scalar.TIMESTAMP)).isEqualTo(1_000_000L);
    assertThat(Casts.cast("1969-12-31T23:59:59.999999Z", Scalar.TIMESTAMP)).isEqualTo(-1L);
    assertThat(Casts.cast("1970-01-01T00:00:01", Scalar.LOCAL_TIMESTAMP)).isEqualTo(1_000_000L);
    assertThat(Casts.cast("1970-01-01T00:00:01Z", Scalar.LOCAL_TIMESTAMP)).isNull();
    assertThat(Casts.cast(17, Scalar.TIMESTAMP)).isNull();
    assertThat(Casts.cast("1970-02-30", Scalar.DATE)).isNull();
    assertThat(Casts.cast("1970-01-02", Scalar.DATE)).isEqualTo(1);
  }

  @Test
  void strings_take_only_strings() {
    assertThat(Casts.cast(5, Scalar.STRING)).isNull();
    assertThat(Casts.cast("", Scalar.STRING)).isEqualTo("");
  }

  @Test
  void vectors_have_their_declared_length_and_canonical_elements() {
    Type pair = new Type.Vector(2);
    assertThat((float[]) Casts.cast(List.of(1, -0.0), pair)).containsExactly(1f, 0f);
    assertThat((float[]) Casts.cast("[1, 2]", pair)).containsExactly(1f, 2f);
    assertThat(Casts.cast(List.of(1), pair)).isNull();
    assertThat(Casts.cast(List.of("a", "b"), pair)).isNull();
  }
}
