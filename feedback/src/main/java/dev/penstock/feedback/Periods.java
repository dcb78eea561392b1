package dev.penstock.feedback;

import dev.penstock.data.Span;
import dev.penstock.feedback.PeriodPerformance.Verdict;
import dev.penstock.model.AucInterval;
import dev.penstock.model.Evaluation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sorts predictions into periods and measures each. */
final class Periods {
  /** More periods than this are a mistake in the length, not a report. */
  private static final int MOST_PERIODS = 1_000;

  private final long origin;
  private final Span length;
  private final @Nullable Double referenceAuc;
  private final PerformanceRule rule;

  Periods(long origin, Span length, @Nullable Double referenceAuc, PerformanceRule rule) {
    if (length.micros() == 0) {
      throw new IllegalArgumentException("a period has a length");
    }
    this.origin = origin;
    this.length = length;
    this.referenceAuc = referenceAuc;
    this.rule = rule;
  }

  List<PeriodPerformance> measure(JoinedOutcomes outcomes) {
    SortedMap<Long, Rows> periods = new TreeMap<>();
    for (JoinedOutcomes.Match match : outcomes.matched()) {
      Rows rows =
          periods.computeIfAbsent(period(match.prediction().predictedAt()), key -> new Rows());
      rows.predictions++;
      rows.matches.add(match);
    }
    for (Prediction prediction : outcomes.pending()) {
      periods.computeIfAbsent(period(prediction.predictedAt()), key -> new Rows()).predictions++;
    }
    List<PeriodPerformance> measured = new ArrayList<>();
    if (periods.isEmpty()) {
      return measured;
    }
    if (periods.lastKey() - periods.firstKey() >= MOST_PERIODS) {
      throw new IllegalArgumentException("more than " + MOST_PERIODS + " periods of " + length);
    }
    for (long period = periods.firstKey(); period <= periods.lastKey(); period++) {
      measured.add(measure(period, periods.getOrDefault(period, new Rows())));
    }
    return measured;
  }

  private long period(long time) {
    return Math.floorDiv(time - origin, length.micros());
  }

  private PeriodPerformance measure(long period, Rows rows) {
    float[] scores = new float[rows.matches.size()];
    float[] labels = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = rows.matches.get(i).prediction().score();
      labels[i] = rows.matches.get(i).outcome().label();
    }
    Evaluation evaluation = Evaluation.of(scores, labels);
    long fewest = Math.min(evaluation.positives(), evaluation.n() - evaluation.positives());
    AucInterval interval = fewest < 2 ? null : AucInterval.of(scores, labels);
    Double low = interval == null ? null : interval.low(rule.confidence());
    Double high = interval == null ? null : interval.high(rule.confidence());
    long from = origin + period * length.micros();
    return new PeriodPerformance(
        name(from),
        from,
        from + length.micros(),
        rows.predictions,
        evaluation.n(),
        evaluation.positives(),
        evaluation.auc(),
        low,
        high,
        evaluation.logLoss(),
        evaluation.brier(),
        evaluation.calibrationError(),
        evaluation.meanScore(),
        evaluation.baseRate(),
        verdict(fewest, high));
  }

  private Verdict verdict(long fewest, @Nullable Double high) {
    if (high == null || referenceAuc == null || fewest < rule.minimumPerClass()) {
      return Verdict.INCONCLUSIVE;
    }
    return high < referenceAuc - rule.tolerance() ? Verdict.WORSE : Verdict.AS_EXPECTED;
  }

  private static String name(long micros) {
    Instant start = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L));
    return LocalDate.ofInstant(start, ZoneOffset.UTC).toString();
  }

  private static final class Rows {
    private final List<JoinedOutcomes.Match> matches = new ArrayList<>();
    private long predictions;
  }
}
