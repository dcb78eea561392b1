package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Scalar;
import dev.penstock.testkit.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void floats_are_read_back_and_no_shorter_text_would_do() {
    for (long seed : Seeds.of(2_000, 200_000).toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      double real = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(real)) {
        String text = JsonText.real(Scalar.FLOAT64, real);
        assertThat(Double.parseDouble(text)).as("seed " + seed).isEqualTo(real);
        assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(real)));
      }
      float single = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(single)) {
        String text = JsonText.real(Scalar.FLOAT32, single);
        assertThat(Float.parseFloat(text)).as("seed " + seed).isEqualTo(single);
        assertThat(digits(text)).isLessThanOrEqualTo(digits(Float.toString(single)));
      }
    }
  }

  private static int digits(String text) {
    return text.replaceAll("E.*", "").replaceAll("[-.]", "").replaceAll("^0+|0+$", "").length();
  }

  @Test
  void text_is_escaped_where_json_demands_it() {
    assertThat(new JsonText().value(Scalar.STRING, "a\"\\\n\u001Fé").toString())
        .isEqualTo("\"a\\\"\\\\\\u000a\\u001fé\"");
  }

  @Test
  void text_that_looks_like_a_number_is_quoted() {
    assertThat(new JsonText().value(Scalar.STRING, "1").toString()).isEqualTo("\"1\"");
    assertThat(new JsonText().value(Scalar.BOOLEAN, true).toString()).isEqualTo("true");
    assertThat(new JsonText().name(Scalar.INT64, 1L).toString()).isEqualTo("\"1\":");
  }
}
