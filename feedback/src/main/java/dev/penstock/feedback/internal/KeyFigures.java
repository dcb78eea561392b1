package dev.penstock.feedback.internal;

import dev.penstock.feedback.Drift;
import dev.penstock.feedback.Latency;
import dev.penstock.feedback.LoopReport;
import dev.penstock.feedback.LoopReport.SourceQuality;
import dev.penstock.feedback.ParitySummary;
import dev.penstock.feedback.Performance;
import dev.penstock.model.Evaluation;
import dev.penstock.model.PromotionDecision;
import dev.penstock.quality.DriftVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The few numbers a reader looks for first. */
final class KeyFigures {
  private KeyFigures() {}

  /**
   * A number with its name.
   *
   * @param style a class of the page's style that colours it; may be empty
   */
  record Figure(String value, String name, String style) {}

  static List<Figure> of(LoopReport loop) {
    List<Figure> figures = new ArrayList<>();
    Evaluation served = loop.served();
    Performance performance = loop.performance();
    if (served != null) {
      figures.add(
          new Figure(
              Numbers.decimal(served.auc(), 3),
              "AUC in service"
                  + (performance == null || performance.referenceAuc() == null
                      ? ""
                      : ", "
                          + Numbers.decimal(performance.referenceAuc(), 3)
                          + " in "
                          + performance.referenceName()),
              ""));
    }
    if (loop.parity() != null) {
      ParitySummary parity = loop.parity().summary();
      figures.add(
          new Figure(
              Numbers.percent(parity.share()),
              "parity of " + Numbers.count(parity.sample(), "served answer"),
              parity.passed() ? "good-text" : "bad-text"));
    }
    PromotionDecision promotion = loop.promotion();
    if (promotion != null) {
      figures.add(
          new Figure(
              promotion.verdict().name().toLowerCase(Locale.ROOT),
              "the challenger, on " + Numbers.count(promotion.n(), "row"),
              promotion.promoted() ? "good-text" : ""));
    }
    if (!loop.sources().isEmpty()) {
      long kept = loop.sources().stream().mapToLong(SourceQuality::quarantinedRows).sum();
      figures.add(
          new Figure(
              Numbers.whole(loop.sources().stream().mapToLong(SourceQuality::accepted).sum()),
              "rows accepted, " + Numbers.whole(kept) + " kept out",
              ""));
    }
    Drift drift = loop.drift();
    if (drift != null) {
      int failed = drift.with(DriftVerdict.FAILED).size();
      figures.add(
          new Figure(
              failed + " of " + drift.features().size(),
              "features drifted beyond the limit",
              failed == 0 ? "" : "warn-text"));
    }
    if (!loop.latencies().isEmpty()) {
      Latency latency = loop.latencies().get(0);
      figures.add(
          new Figure(Numbers.micros(latency.p99()), "for 99 % of '" + latency.name() + "'", ""));
    }
    return figures;
  }
}
