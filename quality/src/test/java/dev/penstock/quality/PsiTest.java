package dev.penstock.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PsiTest {
  private static final String[] TAIL =
      IntStream.range(0, 2_000).mapToObj(i -> "c" + i).toArray(String[]::new);

  @Test
  void index_of_a_shifted_ramp_is_that_of_the_formula() {
    // 0 .. 999 against 100 .. 1099: the first tenth is gone, the last holds twice as many.
    ReferenceBins reference = ReferenceBins.of(reals(1_000, i -> (double) i));
    PsiResult result = Psi.measure(reference, reals(1_000, i -> i + 100.0));
    // numpy: counts 10 x 100 against 0, 8 x 100, 200, half a row added to each.
    assertThat(result.value()).isCloseTo(0.5964140723688128, within(1e-12));
    assertThat(result.verdict()).isEqualTo(DriftVerdict.FAILED);
    assertThat(result.bins()).hasSize(10);
    assertThat(result.bins().get(0).label()).isEqualTo("[-inf, 100)");
    assertThat(result.bins().get(9).label()).isEqualTo("[900, inf]");
    assertThat(result.bins().get(9).current()).isEqualTo(200);
  }

  @Test
  void the_same_rows_are_stable_at_zero() {
    Column column = normal(new SplittableRandom(1), 1_000, 0);
    PsiResult result = Psi.measure(ReferenceBins.of(column), column);
    assertThat(result.value()).isZero();
    assertThat(result.verdict()).isEqualTo(DriftVerdict.STABLE);
    assertThat(result.warningAt()).isEqualTo(0.10);
    assertThat(result.failedAt()).isEqualTo(0.25);
  }

  @Test
  void one_outlier_does_not_hide_a_shift() {
    SplittableRandom random = new SplittableRandom(2);
    ReferenceBins reference = ReferenceBins.of(normal(random, 5_000, 0));
    Column shifted = normal(random, 5_000, 1);
    PsiResult without = Psi.measure(reference, shifted);

    double[] values = ((DoubleColumn) shifted).values().clone();
    values[17] = 1e6;
    PsiResult with = Psi.measure(reference, new DoubleColumn(Scalar.FLOAT64, values, null));

    assertThat(without.value()).isBetween(0.8, 1.2);
    assertThat(with.value()).isCloseTo(without.value(), within(0.01));
    assertThat(with.verdict()).isEqualTo(DriftVerdict.FAILED);
  }

  @Test
  void an_outlier_in_the_reference_does_not_hide_a_shift_either() {
    SplittableRandom random = new SplittableRandom(3);
    double[] values = ((DoubleColumn) normal(random, 5_000, 0)).values().clone();
    values[17] = 1e6;
    values[18] = Double.NEGATIVE_INFINITY;
    ReferenceBins reference = ReferenceBins.of(new DoubleColumn(Scalar.FLOAT64, values, null));
    assertThat(Psi.measure(reference, normal(random, 5_000, 1)).value()).isBetween(0.8, 1.2);
  }

  @Test
  void a_column_that_goes_eighty_percent_null_has_drifted() {
    ReferenceBins reference = ReferenceBins.of(reals(1_000, i -> (double) i));
    PsiResult result = Psi.measure(reference, reals(1_000, i -> i % 5 == 0 ? (double) i : null));
    // numpy: 0 and 10 x 100 against 800 and 10 x 20.
    assertThat(result.value()).isCloseTo(7.135249371935541, within(1e-12));
    assertThat(result.verdict()).isEqualTo(DriftVerdict.FAILED);
    assertThat(result.referenceMissing()).isZero();
    assertThat(result.currentMissing()).isEqualTo(0.8);
    assertThat(result.missingChange()).isEqualTo(0.8);
    assertThat(result.sentence()).endsWith("missing 0 % then, 80 % now");
  }

  @Test
  void nan_is_a_bin_of_its_own_and_counts_as_missing() {
    ReferenceBins reference = ReferenceBins.of(reals(1_000, i -> i % 2 == 0 ? null : (double) i));
    PsiResult result =
        Psi.measure(reference, reals(1_000, i -> i % 2 == 0 ? Double.NaN : (double) i));
    assertThat(result.verdict()).isEqualTo(DriftVerdict.FAILED);
    assertThat(result.missingChange()).isZero();
  }

  @Test
  void a_category_the_reference_never_had_is_drift() {
    ReferenceBins reference =
        ReferenceBins.of(texts(1_000, i -> i < 500 ? "a" : i < 800 ? "b" : "c"));
    PsiResult result =
        Psi.measure(
            reference, texts(1_000, i -> i < 250 ? "a" : i < 550 ? "b" : i < 750 ? "c" : "d"));
    // numpy: 500, 300, 200, 0 against 250, 300, 200, 250.
    assertThat(result.value()).isCloseTo(1.723741212403997, within(1e-12));
    assertThat(result.verdict()).isEqualTo(DriftVerdict.FAILED);
    assertThat(result.bins().get(3).label()).isEqualTo("new");
    assertThat(result.bins().get(3).current()).isEqualTo(250);
  }

  @Test
  void a_value_that_holds_a_tenth_of_the_rows_has_a_bin_of_its_own() {
    // 95 % ones: between deciles alone, one and all above it would share a bin.
    ReferenceBins ones = ReferenceBins.of(reals(1_000, i -> i % 20 == 0 ? 0.0 : 1.0));
    assertThat(Psi.measure(ones, reals(1_000, i -> i % 20 == 0 ? 0.0 : 2.0)).verdict())
        .isEqualTo(DriftVerdict.FAILED);
    assertThat(Psi.measure(ones, reals(1_000, i -> i % 4 == 0 ? 0.0 : 1.0)).verdict())
        .isEqualTo(DriftVerdict.FAILED);
    ReferenceBins constant = ReferenceBins.of(reals(1_000, i -> 0.0));
    assertThat(Psi.measure(constant, reals(1_000, i -> -0.0)).value()).isZero();
    assertThat(Psi.measure(constant, reals(1_000, i -> -1e-300)).verdict())
        .isEqualTo(DriftVerdict.FAILED);
    assertThat(Psi.measure(constant, reals(1_000, i -> 1e-300)).verdict())
        .isEqualTo(DriftVerdict.FAILED);
  }

  @Test
  void fewer_than_500_rows_on_either_side_are_inconclusive() {
    Column many = reals(500, i -> (double) i);
    Column few = reals(499, i -> i + 1e6);
    assertThat(Psi.measure(ReferenceBins.of(many), few).verdict())
        .isEqualTo(DriftVerdict.INCONCLUSIVE);
    assertThat(Psi.measure(ReferenceBins.of(few), many).verdict())
        .isEqualTo(DriftVerdict.INCONCLUSIVE);
    assertThat(Psi.measure(ReferenceBins.of(many), many).verdict()).isEqualTo(DriftVerdict.STABLE);
    PsiResult none = Psi.measure(ReferenceBins.of(many), reals(0, i -> 0.0));
    assertThat(none.verdict()).isEqualTo(DriftVerdict.INCONCLUSIVE);
    assertThat(none.value()).isNull();
    assertThat(none.currentMissing()).isNull();
  }

  @Test
  void few_rows_raise_the_thresholds() {
    // chi2.isf(.001, 9) * (1/500 + 1/500).
    Column column = reals(500, i -> (double) i);
    PsiResult result = Psi.measure(ReferenceBins.of(column), column);
    assertThat(result.warningAt()).isCloseTo(0.1115086594850263, within(1e-12));
    assertThat(result.failedAt()).isEqualTo(0.25);
  }

  /**
   * One alarm in a thousand is expected; more than six has the probability 8e-5 (scipy: {@code
   * binom.sf(6, 1000, .001)}).
   */
  @Test
  void samples_of_one_distribution_alarm_no_more_often_than_once_in_a_thousand() {
    assertThat(alarms(500, 500, PsiTest::normal0)).as("normal").isLessThanOrEqualTo(6);
    assertThat(alarms(500, 500, PsiTest::hour)).as("small integers").isLessThanOrEqualTo(6);
    assertThat(alarms(500, 500, PsiTest::zipf)).as("categories").isLessThanOrEqualTo(6);
  }

  @Test
  @Tag("full")
  void a_large_reference_and_a_small_sample_do_not_alarm_more_often() {
    assertThat(alarms(5_000, 500, PsiTest::normal0)).as("normal").isLessThanOrEqualTo(6);
    assertThat(alarms(5_000, 500, PsiTest::zipf)).as("categories").isLessThanOrEqualTo(6);
    assertThat(alarms(500, 5_000, PsiTest::zipf)).as("large sample").isLessThanOrEqualTo(6);
  }

  @Test
  void identifiers_that_never_repeat_are_no_drift() {
    ReferenceBins reference = ReferenceBins.of(texts(2_000, i -> "order " + i));
    assertThat(Psi.measure(reference, texts(2_000, i -> "order " + (i + 2_000))).verdict())
        .isEqualTo(DriftVerdict.STABLE);
    // More than are remembered: what is rare and what is new cannot be told apart.
    ReferenceBins many = ReferenceBins.of(texts(10_001, i -> "order " + i));
    assertThat(many.toJson().length()).isLessThan(200);
    PsiResult result = Psi.measure(many, texts(2_000, i -> "order " + (i + 20_000)));
    assertThat(result.verdict()).isEqualTo(DriftVerdict.STABLE);
    assertThat(result.bins().get(0).label()).isEqualTo("rare or new");
  }

  @Test
  void frozen_bins_are_written_and_read_back_equal() {
    for (Column column :
        List.of(
            normal(new SplittableRandom(5), 700, 0),
            reals(600, i -> i % 3 == 0 ? Double.POSITIVE_INFINITY : null),
            reals(0, i -> 0.0),
            texts(600, i -> i % 50 == 0 ? null : "c" + i % 170),
            build(600, Scalar.BOOLEAN, i -> i % 3 == 0),
            build(600, Scalar.TIMESTAMP, i -> i * 1_000_000L),
            build(600, Scalar.DATE, i -> i))) {
      ReferenceBins bins = ReferenceBins.of(column);
      assertThat(ReferenceBins.fromJson(bins.toJson())).isEqualTo(bins);
    }
    assertThat(ReferenceBins.of(build(4, Scalar.INT64, i -> i == 3 ? null : (long) i)).toJson())
        .isEqualTo(
            "{\"format\":1,\"type\":\"int64\",\"cuts\":[\"0.0\",\"4.9E-324\",\"1.0\","
                + "\"1.0000000000000002\",\"2.0\",\"2.0000000000000004\"],"
                + "\"counts\":[1,0,1,0,1,0,1,0]}");
  }

  @Test
  void what_cannot_be_compared_is_refused() {
    ReferenceBins reference = ReferenceBins.of(reals(10, i -> 0.0));
    assertThatThrownBy(() -> Psi.measure(reference, texts(10, i -> "a")))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH));
    assertThatThrownBy(() -> ReferenceBins.of(build(1, new Type.Vector(1), i -> new float[1])))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    assertThatThrownBy(() -> ReferenceBins.fromJson("{\"format\":9}"))
        .isInstanceOfSatisfying(
            PenstockException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_CORRUPT));
  }

  private interface Sample {
    Column of(SplittableRandom random, int rows);
  }

  private static int alarms(int referenceRows, int rows, Sample sample) {
    SplittableRandom random = new SplittableRandom(2026);
    int alarms = 0;
    for (int i = 0; i < 1_000; i++) {
      ReferenceBins reference = ReferenceBins.of(sample.of(random, referenceRows));
      PsiResult result = Psi.measure(reference, sample.of(random, rows));
      alarms += result.verdict() == DriftVerdict.STABLE ? 0 : 1;
    }
    return alarms;
  }

  private static Column normal0(SplittableRandom random, int rows) {
    return normal(random, rows, 0);
  }

  private static Column normal(SplittableRandom random, int rows, double mean) {
    return reals(
        rows,
        i ->
            mean
                + Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                    * Math.cos(2 * Math.PI * random.nextDouble()));
  }

  private static Column hour(SplittableRandom random, int rows) {
    return build(
        rows,
        Scalar.INT64,
        i -> random.nextInt(20) == 0 ? null : (long) (random.nextInt(13) + random.nextInt(12)));
  }

  /** Categories whose share falls with their rank: a few frequent ones and a long tail. */
  private static Column zipf(SplittableRandom random, int rows) {
    return texts(rows, i -> TAIL[(int) Math.exp(random.nextDouble() * Math.log(TAIL.length))]);
  }

  private static Column reals(int rows, IntFunction<Double> value) {
    return build(rows, Scalar.FLOAT64, value);
  }

  private static Column texts(int rows, IntFunction<String> value) {
    return build(rows, Scalar.STRING, value);
  }

  private static Column build(int rows, Type type, IntFunction<?> value) {
    ColumnBuilder builder = ColumnBuilder.of(type, rows);
    for (int i = 0; i < rows; i++) {
      builder.append(value.apply(i));
    }
    return builder.build();
  }
}
