package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  private static double sum(double... values) {
    ExactSum sum = new ExactSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum.value();
  }

  @Test
  void sum_is_exact_and_rounded_once() {
    assertThat(sum(1e16, 1, 1)).isEqualTo(1e16 + 2);
    assertThat(sum(0.1, 0.2, 0.3)).isEqualTo(exact(0.1, 0.2, 0.3));
    assertThat(sum(Double.MAX_VALUE, 1, -Double.MAX_VALUE)).isEqualTo(1);
    assertThat(sum(Double.MIN_VALUE, 1e308, -1e308)).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void every_change_after_an_answer_shows_in_the_next() {
    ExactSum sum = new ExactSum();
    sum.add(1);
    assertThat(sum.value()).isEqualTo(1);
    sum.remove(0.5);
    assertThat(sum.value()).isEqualTo(0.5);
    ByteSink out = new ByteSink();
    sum.write(out);
    sum.merge(new ByteSource(out.toBytes()));
    assertThat(sum.value()).isEqualTo(1);
    sum.clear();
    assertThat(sum.value()).isZero();
  }

  @Test
  void half_way_is_rounded_to_even() {
    assertThat(sum(0x1p53, 1)).isEqualTo(0x1p53);
    assertThat(sum(0x1p53, 3)).isEqualTo(0x1p53 + 4);
    assertThat(sum(0x1p53, 1, Double.MIN_VALUE)).isEqualTo(0x1p53 + 2);
    assertThat(sum(-0x1p53, -1, -Double.MIN_VALUE)).isEqualTo(-0x1p53 - 2);
  }

  @Test
  void sum_of_nothing_and_of_zeros_is_positive_zero() {
    assertThat(Double.doubleToRawLongBits(sum())).isZero();
    assertThat(Double.doubleToRawLongBits(sum(-0.0, -0.0))).isZero();
    assertThat(Double.doubleToRawLongBits(sum(-5e-324, 5e-324))).isZero();
  }

  @Test
  void overflow_is_judged_on_the_whole_sum() {
    ExactSum sum = new ExactSum();
    sum.add(Double.MAX_VALUE);
    sum.add(Double.MAX_VALUE);
    assertThat(sum.overflows(sum.value())).isTrue();
    sum.add(-Double.MAX_VALUE);
    assertThat(sum.overflows(sum.value())).isFalse();
    assertThat(sum.value()).isEqualTo(Double.MAX_VALUE);
    // The greatest sum that still rounds down to the greatest double, and the least that does not.
    assertThat(sum(Double.MAX_VALUE, Math.nextDown(0x1p970))).isEqualTo(Double.MAX_VALUE);
    assertThat(sum(Double.MAX_VALUE, 0x1p970)).isInfinite();
  }

  @Test
  void an_infinity_is_not_an_overflow_and_can_be_removed() {
    ExactSum sum = new ExactSum();
    sum.add(1);
    sum.add(Double.POSITIVE_INFINITY);
    assertThat(sum.value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sum.overflows(sum.value())).isFalse();
    sum.add(Double.NEGATIVE_INFINITY);
    assertThat(sum.value()).isNaN();
    sum.remove(Double.POSITIVE_INFINITY);
    sum.remove(Double.NEGATIVE_INFINITY);
    sum.add(Double.NaN);
    assertThat(sum.value()).isNaN();
    sum.remove(Double.NaN);
    assertThat(sum.value()).isEqualTo(1);
  }

  @Test
  void any_order_of_adding_removing_and_merging_gives_the_bits_of_exact_arithmetic() {
    Seeds.of(300, 20_000)
        .forEach(
            seed -> {
              Random random = new Random(seed);
              List<Double> values = new ArrayList<>();
              int spread = 1 + random.nextInt(2_000);
              for (int i = random.nextInt(40); i >= 0; i--) {
                double value =
                    Math.scalb(random.nextDouble() - 0.5, random.nextInt(spread) - spread / 2);
                values.add(value);
                if (random.nextInt(4) == 0) {
                  values.add(-value);
                }
              }
              BigDecimal exact = BigDecimal.ZERO;
              for (double value : values) {
                exact = exact.add(new BigDecimal(value));
              }
              Collections.shuffle(values, random);
              ExactSum sum = new ExactSum();
              ExactSum other = new ExactSum();
              for (double value : values) {
                (random.nextBoolean() ? sum : other).add(value);
                if (random.nextInt(3) == 0) {
                  sum.add(value * 3);
                  other.remove(value * 3);
                }
              }
              ByteSink out = new ByteSink();
              other.write(out);
              sum.merge(new ByteSource(out.toBytes()));
              assertThat(sum.value()).as("seed " + seed).isEqualTo(exact.doubleValue() + 0.0);
            });
  }

  @Test
  void equal_sums_write_equal_bytes() {
    ExactSum direct = new ExactSum();
    direct.add(-0.75);
    ExactSum roundabout = new ExactSum();
    roundabout.add(1e300);
    roundabout.add(0.25);
    roundabout.add(-1);
    roundabout.remove(1e300);
    ByteSink one = new ByteSink();
    ByteSink two = new ByteSink();
    direct.write(one);
    roundabout.write(two);
    assertThat(one.toBytes()).isEqualTo(two.toBytes());
  }

  @Test
  void carries_of_very_many_additions_keep_the_sum() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 1_000; i++) {
      sum.add(-0.1);
      sum.add(1e20);
      sum.carry();
    }
    assertThat(sum.value())
        .isEqualTo(
            new BigDecimal(-0.1)
                .add(new BigDecimal(1e20))
                .multiply(new BigDecimal(1_000))
                .doubleValue());
    sum.clear();
    assertThat(sum.value()).isZero();
  }

  private static double exact(double... values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.doubleValue();
  }
}
