package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WideSumTest {
  @Test
  void sum_of_any_longs_is_exact_and_rounds_half_to_even() {
    Seeds.of(500, 20_000)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              WideSum sum = new WideSum();
              BigInteger exact = BigInteger.ZERO;
              for (int i = random.nextInt(200); i >= 0; i--) {
                long value = random.nextLong() >> random.nextInt(random.nextBoolean() ? 2 : 60);
                if (random.nextInt(4) == 0) {
                  sum.remove(value);
                  exact = exact.subtract(BigInteger.valueOf(value));
                } else {
                  sum.add(value);
                  exact = exact.add(BigInteger.valueOf(value));
                }
                if (random.nextInt(8) == 0) {
                  // Doubling reaches the far end of 128 bits, which additions would not.
                  int times = random.nextInt(50);
                  for (int d = 0; d < times && exact.bitLength() < 125; d++) {
                    ByteSink out = new ByteSink();
                    sum.write(out);
                    sum.merge(new ByteSource(out.toBytes()));
                    exact = exact.add(exact);
                  }
                }
                if (exact.bitLength() > 125) {
                  break;
                }
              }
              assertThat(sum.rounded()).as("seed " + seed).isEqualTo(exact.doubleValue());
              assertThat(sum.fitsLong()).isEqualTo(exact.bitLength() < 64);
              if (sum.fitsLong()) {
                assertThat(sum.low()).isEqualTo(exact.longValueExact());
              }
            });
  }

  @Test
  void half_way_beyond_a_long_is_rounded_to_even() {
    WideSum sum = new WideSum();
    sum.add(Long.MAX_VALUE);
    sum.add(Long.MAX_VALUE);
    sum.add(2);
    assertThat(sum.rounded()).isEqualTo(0x1p64);
    sum.add(2048);
    assertThat(sum.rounded()).isEqualTo(0x1p64);
    sum.add(1);
    assertThat(sum.rounded()).isEqualTo(0x1p64 + 4096);
    sum.add(4095);
    assertThat(sum.rounded()).isEqualTo(0x1p64 + 8192);
  }
}
