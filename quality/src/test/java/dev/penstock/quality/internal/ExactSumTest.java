package dev.penstock.quality.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  @Test
  void sums_of_any_doubles_are_those_of_big_decimals() {
    Seeds.of(20, 500)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              ExactSum sum = new ExactSum();
              ExactSum squares = new ExactSum();
              BigDecimal expected = BigDecimal.ZERO;
              BigDecimal expectedSquares = BigDecimal.ZERO;
              for (int i = 0; i < 200; i++) {
                double value = anyFinite(random);
                sum.add(value);
                squares.addSquare(value);
                BigDecimal exact = new BigDecimal(value);
                expected = expected.add(exact);
                expectedSquares = expectedSquares.add(exact.multiply(exact));
              }
              assertThat(sum.value()).as("seed %d", seed).isEqualByComparingTo(expected);
              assertThat(squares.value()).as("seed %d", seed).isEqualByComparingTo(expectedSquares);
            });
  }

  @Test
  void sums_of_any_longs_are_those_of_big_decimals() {
    ExactSum sum = new ExactSum();
    ExactSum squares = new ExactSum();
    BigDecimal expected = BigDecimal.ZERO;
    BigDecimal expectedSquares = BigDecimal.ZERO;
    for (long value :
        new long[] {Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, 1, 4_294_967_296L}) {
      sum.add(value);
      squares.addSquare(value);
      expected = expected.add(BigDecimal.valueOf(value));
      expectedSquares = expectedSquares.add(BigDecimal.valueOf(value).pow(2));
    }
    assertThat(sum.value()).isEqualByComparingTo(expected);
    assertThat(squares.value()).isEqualByComparingTo(expectedSquares);
  }

  @Test
  void the_smallest_and_the_largest_double_both_count() {
    ExactSum sum = new ExactSum();
    sum.add(Double.MAX_VALUE);
    sum.add(Double.MIN_VALUE);
    sum.add(Double.MAX_VALUE);
    sum.add(-Double.MAX_VALUE);
    sum.add(-Double.MAX_VALUE);
    assertThat(sum.value()).isEqualByComparingTo(new BigDecimal(Double.MIN_VALUE));
    ExactSum squares = new ExactSum();
    squares.addSquare(Double.MIN_VALUE);
    squares.addSquare(Double.MAX_VALUE);
    assertThat(squares.value())
        .isEqualByComparingTo(
            new BigDecimal(Double.MAX_VALUE).pow(2).add(new BigDecimal(Double.MIN_VALUE).pow(2)));
  }

  @Test
  void nothing_sums_to_zero() {
    assertThat(new ExactSum().value()).isEqualTo(BigDecimal.ZERO);
  }

  private static double anyFinite(SplittableRandom random) {
    while (true) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        return value;
      }
    }
  }
}
