package dev.penstock.quality;

import dev.penstock.data.Column;
import dev.penstock.quality.internal.ChiSquare;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The population stability index of a column against its frozen reference: the sum over the bins of
 * {@code (q - p) ln(q / p)}, half a row added to each bin on both sides. Bins that hold no row on
 * either side are left out.
 *
 * <p>Without drift the index is about {@code (1/N + 1/M)} times a chi-square variable of {@code B -
 * 1} degrees of freedom (Yurdakul and Naranjo, "Statistical properties of the population stability
 * index", 2020). So the thresholds, usually 0.10 and 0.25, are raised to its 99.9 % point where
 * they are below it: few rows alone are no drift.
 */
public final class Psi {
  public static final double WARNING = 0.10;
  public static final double FAILED = 0.25;

  /** The least rows of either side that a verdict rests on. */
  public static final long LEAST_ROWS = 500;

  private static final double FALSE_ALARMS = 0.001;

  private Psi() {}

  /**
   * Compares a column with its reference.
   *
   * @throws dev.penstock.data.PenstockException {@link dev.penstock.data.ErrorCode#TYPE_MISMATCH}
   *     if the column's type is not the reference's
   */
  public static PsiResult measure(ReferenceBins reference, Column current) {
    return measure(reference, current, DriftBounds.DEFAULT);
  }

  /** The same with other bounds. */
  public static PsiResult measure(ReferenceBins reference, Column current, DriftBounds bounds) {
    List<Long> now = new ArrayList<>(reference.count(current));
    List<Long> then = new ArrayList<>(reference.counts());
    long n = Bins.sum(then);
    long m = Bins.sum(now);
    Double missingThen = share(then, reference.missingBins(), n);
    Double missingNow = share(now, reference.missingBins(), m);
    if (reference instanceof CategoricalBins categorical) {
      pool(then, now, categorical.rareBin(), (double) m / Math.max(n, 1));
    }
    List<PsiResult.Bin> bins = bins(reference.labels(), then, now);
    double least =
        n == 0 || m == 0
            ? 0
            : ChiSquare.exceededWith(FALSE_ALARMS, Math.max(bins.size() - 1, 0))
                * (1.0 / n + 1.0 / m);
    double warningAt = Math.max(bounds.warning(), least);
    double failedAt = Math.max(bounds.failed(), least);
    Double value =
        n == 0 || m == 0 ? null : bins.stream().mapToDouble(PsiResult.Bin::contribution).sum();
    DriftVerdict verdict =
        verdict(value, warningAt, failedAt, Math.min(n, m) >= bounds.leastRows());
    return new PsiResult(
        value,
        warningAt,
        failedAt,
        verdict,
        n,
        m,
        missingThen,
        missingNow,
        bins,
        sentence(
            value,
            verdict,
            warningAt,
            failedAt,
            n,
            m,
            bounds.leastRows(),
            missingThen,
            missingNow));
  }

  private static DriftVerdict verdict(
      @Nullable Double value, double warningAt, double failedAt, boolean enoughRows) {
    if (value == null || !enoughRows) {
      return DriftVerdict.INCONCLUSIVE;
    } else if (value >= failedAt) {
      return DriftVerdict.FAILED;
    }
    return value >= warningAt ? DriftVerdict.WARNING : DriftVerdict.STABLE;
  }

  /** Puts the categories of which too few rows are expected with the rare ones. */
  private static void pool(List<Long> then, List<Long> now, int rareBin, double perReferenceRow) {
    for (int bin = 1; bin < rareBin; bin++) {
      if (then.get(bin) * perReferenceRow < CategoricalBins.LEAST_ROWS) {
        then.set(rareBin, then.get(rareBin) + then.get(bin));
        now.set(rareBin, now.get(rareBin) + now.get(bin));
        then.set(bin, 0L);
        now.set(bin, 0L);
      }
    }
  }

  private static List<PsiResult.Bin> bins(List<String> labels, List<Long> then, List<Long> now) {
    List<Integer> occupied = new ArrayList<>();
    for (int i = 0; i < then.size(); i++) {
      if (then.get(i) > 0 || now.get(i) > 0) {
        occupied.add(i);
      }
    }
    double smoothing = 0.5 * occupied.size();
    double n = Bins.sum(then) + smoothing;
    double m = Bins.sum(now) + smoothing;
    List<PsiResult.Bin> bins = new ArrayList<>();
    for (int i : occupied) {
      double p = (then.get(i) + 0.5) / n;
      double q = (now.get(i) + 0.5) / m;
      bins.add(
          new PsiResult.Bin(
              labels.get(i), then.get(i), now.get(i), (q - p) * StrictMath.log(q / p)));
    }
    return bins;
  }

  private static @Nullable Double share(List<Long> counts, int first, long rows) {
    return rows == 0 ? null : (double) Bins.sum(counts.subList(0, first)) / rows;
  }

  private static String sentence(
      @Nullable Double value,
      DriftVerdict verdict,
      double warningAt,
      double failedAt,
      long n,
      long m,
      long leastRows,
      @Nullable Double missingThen,
      @Nullable Double missingNow) {
    String sizes = Numbers.count(n) + " reference rows and " + Numbers.count(m) + " rows now";
    String text =
        switch (verdict) {
          case INCONCLUSIVE ->
              "cannot tell from " + sizes + ": each needs " + Numbers.count(leastRows);
          case STABLE -> "stable: " + index(value) + ", below " + Numbers.shown(warningAt);
          case WARNING ->
              "has moved: " + index(value) + ", a warning from " + Numbers.shown(warningAt) + " on";
          case FAILED ->
              "has moved far: "
                  + index(value)
                  + ", a failure from "
                  + Numbers.shown(failedAt)
                  + " on";
        };
    if (missingThen == null || missingNow == null || missingThen.equals(missingNow)) {
      return text;
    }
    return text
        + "; missing "
        + Numbers.shown(100 * missingThen)
        + " % then, "
        + Numbers.shown(100 * missingNow)
        + " % now";
  }

  private static String index(@Nullable Double value) {
    return "psi " + (value == null ? "undefined" : Numbers.shown(value));
  }
}
