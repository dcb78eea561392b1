package dev.penstock.feedback.internal;

import dev.penstock.feedback.Latency;
import dev.penstock.feedback.Lineage;
import dev.penstock.feedback.LoopReport;
import dev.penstock.feedback.LoopReport.OutcomeCounts;
import dev.penstock.feedback.Performance;
import dev.penstock.feedback.PeriodPerformance;
import dev.penstock.feedback.PeriodPerformance.Verdict;
import dev.penstock.feedback.internal.Section.Drawing;
import dev.penstock.feedback.internal.Section.Pair;
import dev.penstock.feedback.internal.Section.Rows;
import dev.penstock.model.Evaluation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the model did while it served. */
final class ServiceSections {
  private ServiceSections() {}

  static List<Section> of(LoopReport loop) {
    List<Section> sections = new ArrayList<>();
    Performance performance = loop.performance();
    if (performance != null && !performance.periods().isEmpty()) {
      sections.add(performance(performance, loop.outcomes()));
    }
    Evaluation served = loop.served();
    if (served != null && !served.calibration().isEmpty()) {
      sections.add(calibration(served));
    }
    return sections;
  }

  private static Section performance(Performance performance, @Nullable OutcomeCounts outcomes) {
    List<PeriodPerformance> periods = performance.periods();
    Table.Builder table =
        Table.of(
            "<from", "outcomes", "of", "came true", "foretold", "AUC", "interval", "log loss", "<verdict");
    for (PeriodPerformance period : periods) {
      table.row(
          period.name(),
          Numbers.whole(period.n()),
          Numbers.whole(period.predictions()),
          Numbers.percent(period.baseRate()),
          Numbers.percent(period.meanScore()),
          Numbers.decimal(period.auc(), 4),
          Numbers.decimal(period.aucLow(), 3) + "–" + Numbers.decimal(period.aucHigh(), 3),
          Numbers.decimal(period.logLoss(), 4),
          switch (period.verdict()) {
            case AS_EXPECTED -> "as expected";
            case WORSE -> "worse";
            case INCONCLUSIVE -> "too few to tell";
          });
    }
    String title = performanceTitle(performance);
    List<Section.Part> parts = new ArrayList<>();
    parts.add(
        new Drawing(
            PerformanceChart.draw(performance, title),
            "AUC of each period with its interval; n is how many predictions have an outcome"));
    parts.add(new Rows(table.build()));
    String joined =
        outcomes == null
            ? ""
            : " Of "
                + Numbers.count(outcomes.matched() + outcomes.pending(), "prediction")
                + ", "
                + Numbers.whole(outcomes.matched())
                + " have an outcome by now and "
                + Numbers.whole(outcomes.pending())
                + " are still waiting; "
                + Numbers.count(outcomes.orphans(), "outcome")
                + (outcomes.orphans() == 1 ? " belongs" : " belong")
                + " to no prediction.";
    return new Section(
        "performance",
        "Performance",
        title,
        "Predictions are compared with what came of them, by the time they were asked for."
            + joined,
        parts);
  }

  static String performanceTitle(Performance performance) {
    List<PeriodPerformance> periods = performance.periods();
    long worse = periods.stream().filter(period -> period.verdict() == Verdict.WORSE).count();
    long unclear =
        periods.stream().filter(period -> period.verdict() == Verdict.INCONCLUSIVE).count();
    long clear = periods.size() - unclear;
    String reference =
        performance.referenceName() + " AUC of " + Numbers.decimal(performance.referenceAuc(), 3);
    if (clear == 0) {
      return "There are too few outcomes to judge the model in service";
    }
    String said =
        (worse == 0 ? "No period" : worse + " of " + Numbers.count(clear, "period"))
            + (worse > 1 ? " were" : " was")
            + " clearly worse than the "
            + reference;
    return said
        + (unclear == 0
            ? ""
            : " (" + Numbers.count(unclear, "period") + " with too few outcomes to tell)");
  }

  private static Section calibration(Evaluation served) {
    String title =
        "Its probabilities are off by " + points(served.calibrationError()) + " on average";
    Table.Builder table = Table.of("foretold", "came true", "predictions", "lowest", "highest");
    served
        .calibration()
        .forEach(
            bin ->
                table.row(
                    Numbers.percent(bin.meanScore()),
                    Numbers.percent(bin.positiveShare()),
                    Numbers.whole(bin.n()),
                    Numbers.percent(bin.from()),
                    Numbers.percent(bin.to())));
    Table.Builder figures =
        Table.of("<measure", "value")
            .row("AUC", Numbers.decimal(served.auc(), 4))
            .row("log loss", Numbers.decimal(served.logLoss(), 4))
            .row("Brier score", Numbers.decimal(served.brier(), 4))
            .row("came true", Numbers.percent(served.baseRate()))
            .row("foretold", Numbers.percent(served.meanScore()))
            .row("outcomes", Numbers.whole(served.n()));
    return new Section(
        "calibration",
        "Calibration",
        title,
        "Predictions were sorted by probability into groups of equal size. In each, what was"
            + " foretold on average is held against the share that came true; on the diagonal the"
            + " two agree.",
        List.of(
            new Section.Beside(
                new Drawing(CalibrationChart.draw(served.calibration(), title), ""),
                figures.build()),
            new Section.Folded("All groups", table.build())));
  }

  private static String points(@Nullable Double share) {
    return share == null
        ? Numbers.UNDEFINED
        : Numbers.decimal(100 * share, share < 0.01 ? 2 : 1) + " percentage points";
  }

  static Section latency(List<Latency> latencies) {
    Latency first = latencies.get(0);
    Table.Builder table = Table.of("<measured", "count", "half", "95 %", "99 %", "slowest");
    List<Section.Part> parts = new ArrayList<>();
    for (int i = 0; i < latencies.size(); i += 2) {
      if (i + 1 < latencies.size()) {
        parts.add(new Pair(drawing(latencies.get(i)), drawing(latencies.get(i + 1))));
      } else {
        parts.add(new Pair(drawing(latencies.get(i)), new Drawing("", "")));
      }
    }
    for (Latency latency : latencies) {
      table.row(
          latency.name(),
          Numbers.whole(latency.count()),
          Numbers.micros(latency.median()),
          Numbers.micros(latency.p95()),
          Numbers.micros(latency.p99()),
          Numbers.micros(latency.slowest()));
    }
    parts.add(new Rows(table.build()));
    return new Section(
        "latency",
        "Latency",
        "Half of all answers to '"
            + first.name()
            + "' came within "
            + Numbers.micros(first.median())
            + ", 99 % within "
            + Numbers.micros(first.p99()),
        "How long answers took. The axis is logarithmic: each mark is ten times the one before.",
        parts);
  }

  private static Drawing drawing(Latency latency) {
    return new Drawing(
        LatencyChart.draw(latency, latency.name()),
        latency.name() + ", " + Numbers.whole(latency.count()) + " measured");
  }

  static Section lineage(Lineage lineage) {
    long sources =
        lineage.nodes().stream().filter(node -> node.kind() == Lineage.Kind.SOURCE).count();
    String title =
        "What was made of what: "
            + Numbers.count(sources, "source")
            + ", "
            + Numbers.count(lineage.nodes().size() - sources, "thing")
            + " made of "
            + (sources == 1 ? "it" : "them");
    return new Section(
        "lineage",
        "Lineage",
        title,
        "Each thing carries the version it was made in, which follows from its definition and from"
            + " the versions it was made of.",
        List.of(new Drawing(LineageChart.draw(lineage, title), "")));
  }
}
