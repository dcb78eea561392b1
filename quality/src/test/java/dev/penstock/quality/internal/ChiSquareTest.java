package dev.penstock.quality.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChiSquareTest {
  /** scipy 1.10.1, {@code chi2.isf(0.001, degrees)}. */
  private static final Map<Integer, Double> EXCEEDED_BY_A_THOUSANDTH =
      Map.of(
          1, 10.827566170662733,
          2, 13.815510557964274,
          3, 16.26623619623813,
          4, 18.466826952903173,
          5, 20.515005652432876,
          9, 27.877164871256575,
          19, 43.82019596451753,
          20, 45.31474661812587,
          50, 86.66081519040317,
          52, 89.27215083430448);

  @Test
  void quantiles_are_those_of_scipy() {
    EXCEEDED_BY_A_THOUSANDTH.forEach(
        (degrees, expected) ->
            assertThat(ChiSquare.exceededWith(0.001, degrees))
                .as("%d degrees", degrees)
                .isCloseTo(expected, within(1e-12 * expected)));
  }

  @Test
  void survival_is_that_of_scipy_near_zero_too() {
    // chi2.sf(3.0, degrees); sf(0.5, 1) = 0.4795001221869535.
    assertThat(ChiSquare.survival(3, 1)).isCloseTo(0.08326451666355042, within(1e-15));
    assertThat(ChiSquare.survival(0.5, 1)).isCloseTo(0.4795001221869535, within(1e-15));
    assertThat(ChiSquare.survival(3, 4)).isCloseTo(0.5578254003710748, within(1e-15));
    assertThat(ChiSquare.survival(3, 5)).isCloseTo(0.6999858358786276, within(1e-15));
    assertThat(ChiSquare.survival(3, 11)).isCloseTo(0.9907258863657353, within(1e-15));
    assertThat(ChiSquare.survival(0, 7)).isEqualTo(1);
  }

  @Test
  void without_degrees_of_freedom_nothing_is_exceeded() {
    assertThat(ChiSquare.exceededWith(0.001, 0)).isZero();
  }
}
