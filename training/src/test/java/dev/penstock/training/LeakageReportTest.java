package dev.penstock.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Scalar;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakageReportTest {
  private static final FeatureSchema SCHEMA =
      new FeatureSchema(
          List.of(
              ModelInput.numeric("landed_1h", Scalar.INT64),
              ModelInput.numeric("delay_3h", Scalar.FLOAT64),
              ModelInput.numeric("nothing", Scalar.FLOAT64)));
  private static final float NAN = Float.NaN;
  private static final float[] LABELS = {0, 1, 0, 1};

  private final LeakageReport report =
      LeakageReport.of(
          FeatureMatrix.of(
              SCHEMA,
              List.of(
                  new float[] {3, 10, NAN},
                  new float[] {4, NAN, NAN},
                  new float[] {5, 30, NAN},
                  new float[] {6, 20, NAN})),
          FeatureMatrix.of(
              SCHEMA,
              List.of(
                  new float[] {3, 10, NAN},
                  new float[] {4, 55, NAN},
                  new float[] {5, 30, NAN},
                  new float[] {6, 60, NAN})),
          LABELS);

  @Test
  void a_feature_that_is_the_same_everywhere_does_not_leak() {
    assertThat(report.features().get(0))
        .isEqualTo(new FeatureLeakage("landed_1h", 4, 0, 0.0, 0.75, 0.75));
  }

  @Test
  void a_value_that_only_one_side_has_is_a_difference() {
    FeatureLeakage delay = report.features().get(1);
    assertThat(delay.differing()).isEqualTo(2);
    assertThat(delay.share()).isEqualTo(0.5);
    assertThat(delay.meanAbsoluteDifference()).isEqualTo(40.0 / 3);
    assertThat(delay.aucAsSeen()).isEqualTo(0.5);
    assertThat(delay.aucAsHappened()).isEqualTo(1);
    assertThat(delay.aucGain()).isEqualTo(0.5);
  }

  @Test
  void missing_on_both_sides_is_no_difference_and_its_area_is_undefined() {
    assertThat(report.features().get(2))
        .isEqualTo(new FeatureLeakage("nothing", 4, 0, null, null, null));
  }

  @Test
  void the_table_shows_what_leaks() {
    assertThat(report.toText())
        .isEqualTo(
            """
            feature        rows        differ   mean |diff|   AUC as seen  AUC happened
            delay_3h          4       50.00 %         13.33        0.5000        1.0000
            2 more features do not differ.
            """);
  }

  @Test
  void the_table_of_a_clean_set_says_so() {
    assertThat(new LeakageReport(report.features().subList(0, 1)).toText())
        .startsWith("No feature differs");
  }
}
