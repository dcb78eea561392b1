package dev.penstock.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The expected values are those of SciPy 1.17. */
class DistributionsTest {
  @Test
  void the_normal_tail_is_right_from_the_centre_to_far_out() {
    assertThat(Normal.upperTail(0)).isEqualTo(0.5);
    assertThat(Normal.upperTail(0.5)).isCloseTo(0.3085375387259869, within(1e-15));
    assertThat(Normal.upperTail(1)).isCloseTo(0.15865525393145707, within(1e-15));
    assertThat(Normal.upperTail(2.9)).isCloseTo(0.0018658133003840375, relative(0.0018658, 1e-12));
    assertThat(Normal.upperTail(3.1)).isCloseTo(9.676032132183563e-4, relative(9.676e-4, 1e-13));
    assertThat(Normal.upperTail(5)).isCloseTo(2.866515718791933e-07, relative(2.8665e-7, 1e-13));
    assertThat(Normal.upperTail(12)).isCloseTo(1.776482112077653e-33, relative(1.7765e-33, 1e-12));
    assertThat(Normal.upperTail(-1)).isCloseTo(1 - 0.15865525393145707, within(1e-15));
  }

  @Test
  void the_normal_quantile_is_right_in_each_of_its_ranges() {
    assertThat(Normal.quantile(0.5)).isEqualTo(0);
    assertThat(Normal.quantile(0.6)).isCloseTo(0.2533471031357997, within(1e-14));
    assertThat(Normal.quantile(0.95)).isCloseTo(1.6448536269514722, within(1e-14));
    assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-14));
    assertThat(Normal.quantile(0.999)).isCloseTo(3.090232306167813, within(1e-14));
    assertThat(Normal.quantile(0.02)).isCloseTo(-2.053748910631823, within(1e-14));
    assertThat(Normal.quantile(1e-10)).isCloseTo(-6.361340902404056, within(1e-13));
    assertThat(Normal.quantile(1e-300)).isCloseTo(-37.0471, within(1e-4));
  }

  @Test
  void there_is_no_quantile_of_certainty() {
    assertThatThrownBy(() -> Normal.quantile(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Normal.quantile(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_binomial_tail_is_right_for_few_and_for_many() {
    assertThat(Binomial.upperTailOfHalf(0, 0)).isEqualTo(1);
    assertThat(Binomial.upperTailOfHalf(10, 8)).isCloseTo(0.0546875, within(1e-14));
    assertThat(Binomial.upperTailOfHalf(10, 2)).isCloseTo(0.9892578125, within(1e-14));
    assertThat(Binomial.upperTailOfHalf(10, 11)).isEqualTo(0);
    assertThat(Binomial.upperTailOfHalf(37, 37))
        .isCloseTo(7.275957614183426e-12, relative(7.276e-12, 1e-12));
    assertThat(Binomial.upperTailOfHalf(1_000, 520)).isCloseTo(0.10872414660207075, within(1e-11));
    assertThat(Binomial.upperTailOfHalf(500_000, 250_900))
        .isCloseTo(0.005476848468228771, within(1e-9));
  }

  private static Offset<Double> relative(double of, double error) {
    return within(of * error);
  }
}
