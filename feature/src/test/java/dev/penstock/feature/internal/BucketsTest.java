package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BucketsTest {
  @Test
  void a_bucket_stands_for_its_values_within_one_part_in_128() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (i % 4 == 0) {
        value = Double.longBitsToDouble(random.nextLong(1L << (1 + random.nextInt(54))));
      }
      if (Double.isFinite(value) && value > 0) {
        double standing = Buckets.value(Buckets.of(value));
        if (Math.abs(standing - value) / value > 1 / 128.0
            || Buckets.value(Buckets.of(-value)) != -standing) {
          throw new AssertionError(standing + " stands for " + value);
        }
      }
    }
  }

  @Test
  void buckets_are_in_the_order_of_the_values() {
    double[] values = {
      Double.NEGATIVE_INFINITY,
      -Double.MAX_VALUE,
      -1,
      -Double.MIN_NORMAL,
      -0x1p-1070,
      -Double.MIN_VALUE,
      0,
      Double.MIN_VALUE,
      2 * Double.MIN_VALUE,
      3 * Double.MIN_VALUE,
      0x1p-1070,
      Math.nextDown(Double.MIN_NORMAL),
      Double.MIN_NORMAL,
      1,
      2,
      Double.MAX_VALUE,
      Double.POSITIVE_INFINITY,
      Double.NaN
    };
    for (int i = 1; i < values.length; i++) {
      assertThat(Buckets.of(values[i])).as("" + values[i]).isGreaterThan(Buckets.of(values[i - 1]));
    }
  }

  @Test
  void zero_infinities_and_nan_stand_for_themselves() {
    assertThat(Buckets.value(Buckets.of(0))).isZero();
    assertThat(Buckets.of(-0.0)).isEqualTo(Buckets.of(0.0));
    assertThat(Buckets.value(Buckets.of(Double.NEGATIVE_INFINITY)))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Buckets.value(Buckets.of(Double.POSITIVE_INFINITY)))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Buckets.value(Buckets.of(Double.NaN))).isNaN();
  }

  @Test
  void the_naive_formula_names_the_same_value() {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 3_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong() >> (i % 3 == 0 ? 12 : 0));
      if (Double.isFinite(value)) {
        double standing = Buckets.value(Buckets.of(value));
        if (NaiveNumbers.middleOfBucket(value) != standing) {
          throw new AssertionError(standing + " stands for " + value);
        }
      }
    }
  }
}
