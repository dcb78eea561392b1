package dev.penstock.feedback.internal;

import dev.penstock.feedback.Drift;
import dev.penstock.feedback.FeatureDrift;
import dev.penstock.feedback.LoopReport;
import dev.penstock.feedback.ParityCheck;
import dev.penstock.feedback.ParitySummary;
import dev.penstock.feedback.internal.BarChart.Bar;
import dev.penstock.feedback.internal.BarChart.Mark;
import dev.penstock.feedback.internal.Section.Drawing;
import dev.penstock.feedback.internal.Section.Folded;
import dev.penstock.feedback.internal.Section.Rows;
import dev.penstock.quality.DriftVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether training and serving saw the same: parity and drift. */
final class TrustSections {
  private static final int SHOWN_FEATURES = 14;

  private TrustSections() {}

  static List<Section> of(LoopReport loop) {
    List<Section> sections = new ArrayList<>();
    if (loop.parity() != null) {
      sections.add(parity(loop.parity()));
    }
    Drift drift = loop.drift();
    if (drift != null && !drift.features().isEmpty()) {
      sections.add(drift(drift));
    }
    return sections;
  }

  static String parityTitle(ParitySummary parity) {
    if (parity.sample() == 0) {
      return "Parity was not shown: no served answer was replayed";
    } else if (parity.equal() == parity.sample() && parity.present() == 0) {
      return "Parity was not shown: none of the values compared is present";
    } else if (parity.passed()) {
      return "All "
          + Numbers.count(parity.sample(), "replayed answer")
          + " came out the same, bit for bit";
    }
    return Numbers.whole(parity.sample() - parity.equal())
        + " of "
        + Numbers.count(parity.sample(), "replayed answer")
        + " came out differently";
  }

  private static Section parity(ParityCheck check) {
    ParitySummary parity = check.summary();
    List<Section.Part> parts = new ArrayList<>();
    parts.add(
        new Rows(
            Table.of(
                    "<checked",
                    "replayed",
                    "the same",
                    "share",
                    "values",
                    "present",
                    "served since")
                .row(
                    Instant.ofEpochSecond(Math.floorDiv(check.micros(), 1_000_000L)).toString(),
                    Numbers.whole(parity.sample()),
                    Numbers.whole(parity.equal()),
                    Numbers.percent(parity.share()),
                    Numbers.whole(parity.values()),
                    Numbers.percent(parity.presentShare()),
                    Numbers.whole(check.servedSince()))
                .build()));
    Table.Builder left = Table.of("<not replayed", "answers");
    parity
        .notReplayed()
        .forEach(
            (reason, count) ->
                left.row(
                    reason == ParitySummary.Reason.VERSION
                        ? "answered by another definition"
                        : reason.name().toLowerCase(Locale.ROOT),
                    Numbers.whole(count)));
    if (!parity.notReplayed().isEmpty()) {
      parts.add(new Rows(left.build()));
    }
    Table.Builder reasons = Table.of("<reason", "answers");
    parity
        .reasons()
        .forEach(
            (reason, count) ->
                reasons.row(reason.name().toLowerCase(Locale.ROOT), Numbers.whole(count)));
    if (!parity.reasons().isEmpty()) {
      parts.add(new Rows(reasons.build()));
    }
    Table.Builder table =
        Table.of("<prediction", "<feature", "served", "replayed", "<reason", "<rows");
    for (ParitySummary.Difference difference : parity.differences()) {
      table.row(
          difference.prediction(),
          difference.feature(),
          difference.served(),
          difference.replayed(),
          difference.reason().name().toLowerCase(Locale.ROOT),
          difference.rows());
    }
    if (!parity.differences().isEmpty()) {
      parts.add(new Rows(table.build()));
    }
    return new Section(
        "parity",
        "Parity",
        parityTitle(parity),
        "Answers that were served are computed once more offline, from the log up to the position"
            + " each of them recorded. Every value has to come out equal in every bit; only then is"
            + " a model served what it was trained on.",
        parts);
  }

  private static Section drift(Drift drift) {
    List<FeatureDrift> ranked = drift.ranked();
    int failed = drift.with(DriftVerdict.FAILED).size();
    int warned = drift.with(DriftVerdict.WARNING).size();
    String title =
        failed + warned == 0
            ? "No feature has drifted"
            : (failed + warned)
                + " of "
                + Numbers.count(ranked.size(), "feature")
                + (failed == 0
                    ? " began to drift"
                    : " drifted; "
                        + failed
                        + (failed == 1 ? " is" : " are")
                        + " beyond the limit and "
                        + (failed == 1 ? "carries " : "carry ")
                        + Numbers.percent(drift.failedImportance())
                        + " of the model's gain");
    Table.Builder table =
        Table.of(
            "<feature",
            "index",
            "limit",
            "missing before",
            "missing now",
            "importance",
            "<verdict");
    List<Bar> bars = new ArrayList<>();
    for (FeatureDrift feature : ranked) {
      Double value = feature.psi().value();
      table.row(
          feature.feature(),
          Numbers.decimal(value, 4),
          Numbers.decimal(feature.psi().failedAt(), 2),
          Numbers.percent(feature.psi().referenceMissing()),
          Numbers.percent(feature.psi().currentMissing()),
          Numbers.percent(feature.importance()),
          verdict(feature.verdict()));
      if (bars.size() < SHOWN_FEATURES && value != null) {
        bars.add(
            new Bar(
                feature.feature(),
                value,
                Numbers.decimal(value, 3),
                style(feature.verdict()),
                verdict(feature.verdict())));
      }
    }
    List<Section.Part> parts = new ArrayList<>();
    if (!bars.isEmpty()) {
      parts.add(
          new Drawing(
              BarChart.draw(bars, marks(ranked), title),
              "Population stability index of each feature, "
                  + Numbers.count(drift.currentRows(), "served row")
                  + " against "
                  + Numbers.count(drift.referenceRows(), "row")
                  + " of training"
                  + (ranked.size() > bars.size() ? "; the largest " + bars.size() : "")));
    }
    parts.add(new Folded("All " + Numbers.count(ranked.size(), "feature"), table.build()));
    return new Section(
        "drift",
        "Drift",
        title,
        "How far the values a feature takes in service have moved from those it was trained on."
            + " Drift is a reason to look; only outcomes tell whether the model got worse.",
        parts);
  }

  /** The limits, where all features share them. */
  private static List<Mark> marks(List<FeatureDrift> features) {
    boolean shared =
        features.stream()
                .map(feature -> feature.psi().warningAt() + " " + feature.psi().failedAt())
                .distinct()
                .count()
            == 1;
    return shared
        ? List.of(
            new Mark(features.get(0).psi().warningAt(), "look"),
            new Mark(features.get(0).psi().failedAt(), "limit"))
        : List.of();
  }

  private static String style(DriftVerdict verdict) {
    return switch (verdict) {
      case STABLE -> "fill";
      case WARNING -> "fill warn";
      case FAILED -> "fill bad";
      case INCONCLUSIVE -> "fill quiet";
    };
  }

  private static String verdict(DriftVerdict verdict) {
    return switch (verdict) {
      case STABLE -> "stable";
      case WARNING -> "look";
      case FAILED -> "drifted";
      case INCONCLUSIVE -> "too few rows";
    };
  }
}
