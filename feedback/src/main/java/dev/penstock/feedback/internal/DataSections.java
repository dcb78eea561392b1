package dev.penstock.feedback.internal;

import dev.penstock.feedback.LoopReport;
import dev.penstock.feedback.LoopReport.Dataset;
import dev.penstock.feedback.LoopReport.SourceQuality;
import dev.penstock.feedback.LoopReport.Stage;
import dev.penstock.feedback.internal.BarChart.Bar;
import dev.penstock.feedback.internal.Section.Drawing;
import dev.penstock.feedback.internal.Section.Folded;
import dev.penstock.feedback.internal.Section.Rows;
import dev.penstock.training.FeatureLeakage;
import dev.penstock.training.LabelCounts;
import dev.penstock.training.LeakageReport;
import dev.penstock.training.SplitSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What went in: stages, sources, datasets, leakage. */
final class DataSections {
  private static final int SHOWN_FEATURES = 14;

  private DataSections() {}

  static Section stages(List<Stage> stages) {
    double total = stages.stream().mapToDouble(Stage::seconds).sum();
    Stage longest =
        stages.stream().max(Comparator.comparingDouble(Stage::seconds)).orElse(stages.get(0));
    List<Bar> bars = new ArrayList<>();
    Table.Builder table = Table.of("<stage", "time", "rows", "rows a second", "<note");
    for (Stage stage : stages) {
      Long rows = stage.rows();
      bars.add(
          new Bar(
              stage.name(),
              stage.seconds(),
              Numbers.seconds(stage.seconds()),
              "fill",
              stage.note()));
      table.row(
          stage.name(),
          Numbers.seconds(stage.seconds()),
          Numbers.whole(rows),
          rows == null || stage.seconds() == 0
              ? Numbers.UNDEFINED
              : Numbers.whole(Math.round(rows / stage.seconds())),
          stage.note());
    }
    String title =
        "It took "
            + Numbers.seconds(total)
            + ", "
            + Numbers.percent(total == 0 ? 0 : longest.seconds() / total)
            + " of it for '"
            + longest.name()
            + "'";
    return new Section(
        "stages",
        "Stages",
        title,
        "Every stage of the loop, in the order it ran.",
        List.of(new Drawing(BarChart.draw(bars, List.of(), title), ""), new Rows(table.build())));
  }

  static Section sources(List<SourceQuality> sources) {
    long accepted = sources.stream().mapToLong(SourceQuality::accepted).sum();
    long kept = sources.stream().mapToLong(SourceQuality::quarantinedRows).sum();
    long failed = sources.stream().mapToLong(source -> source.checksFailed().size()).sum();
    Table.Builder table =
        Table.of("<source", "accepted", "kept out", "repeats", "checks passed", "<checks failed");
    Table.Builder reasons = Table.of("<source", "<rule", "rows kept out");
    boolean any = false;
    for (SourceQuality source : sources) {
      table.row(
          source.source(),
          Numbers.whole(source.accepted()),
          Numbers.whole(source.quarantinedRows()),
          Numbers.whole(source.duplicates()),
          Numbers.whole(source.checksPassed()),
          source.checksFailed().isEmpty() ? "none" : String.join(", ", source.checksFailed()));
      for (Map.Entry<String, Long> rule : source.quarantined().entrySet()) {
        reasons.row(source.source(), rule.getKey(), Numbers.whole(rule.getValue()));
        any = true;
      }
    }
    List<Section.Part> parts = new ArrayList<>(List.of(new Rows(table.build())));
    if (any) {
      parts.add(new Rows(reasons.build()));
    }
    return new Section(
        "data",
        "Data in",
        Numbers.count(accepted, "row")
            + (accepted == 1 ? " was" : " were")
            + " accepted, "
            + (kept == 0 ? "none" : Numbers.whole(kept))
            + " kept out"
            + (failed == 0 ? "" : "; " + Numbers.count(failed, "check") + " failed"),
        "A row that breaks a rule of its source goes to quarantine with the reason; nothing is"
            + " dropped silently. A repeat is a row whose id had been accepted before.",
        parts);
  }

  static Section datasets(List<Dataset> datasets) {
    long counted = 0;
    long excluded = 0;
    Table.Builder table =
        Table.of("<dataset", "<version", "<split", "rows", "positive", "immature", "no label");
    for (Dataset dataset : datasets) {
      for (SplitSummary split : dataset.splits()) {
        LabelCounts counts = split.counts();
        counted += counts.counted();
        excluded += counts.excluded();
        table.row(
            dataset.name(),
            dataset.version(),
            split.split().name(),
            Numbers.whole(counts.counted()),
            Numbers.percent(counts.mean()),
            Numbers.whole(counts.immature()),
            Numbers.whole(counts.missing() + counts.nulls()));
      }
    }
    return new Section(
        "datasets",
        "Datasets",
        Numbers.count(counted, "labelled row")
            + (excluded == 0
                ? ", none left out"
                : ", " + Numbers.whole(excluded) + " left out for want of a label in time"),
        "Each row's features are those known at its own moment. A label that had not arrived by the"
            + " end of its split does not count, and is never taken for a no.",
        List.of(new Rows(table.build())));
  }

  static Section leakage(LeakageReport leakage) {
    List<FeatureLeakage> leaking = leakage.leaking();
    Table.Builder table =
        Table.of("<feature", "rows that differ", "mean |difference|", "AUC as seen", "AUC peeking");
    List<Bar> bars = new ArrayList<>();
    for (FeatureLeakage feature : leaking) {
      table.row(
          feature.feature(),
          Numbers.percent(feature.share()),
          Numbers.decimal(feature.meanAbsoluteDifference(), 3),
          Numbers.decimal(feature.aucAsSeen(), 4),
          Numbers.decimal(feature.aucAsHappened(), 4));
      if (bars.size() < SHOWN_FEATURES) {
        Double share = feature.share();
        bars.add(
            new Bar(
                feature.feature(),
                share == null ? 0 : share,
                Numbers.percent(share),
                "fill",
                "AUC alone "
                    + Numbers.decimal(feature.aucAsSeen(), 4)
                    + ", peeking "
                    + Numbers.decimal(feature.aucAsHappened(), 4)));
      }
    }
    String title =
        leaking.isEmpty()
            ? "No feature would have changed by peeking"
            : "Peeking would have changed "
                + leaking.size()
                + " of "
                + Numbers.count(leakage.features().size(), "feature")
                + ", one of them in "
                + Numbers.percent(leaking.get(0).share())
                + " of the rows";
    List<Section.Part> parts = new ArrayList<>();
    if (!bars.isEmpty()) {
      parts.add(
          new Drawing(
              BarChart.draw(bars, List.of(), title),
              "Share of rows whose value differs"
                  + (leaking.size() > bars.size() ? ", the largest " + bars.size() : "")));
      parts.add(
          new Folded(
              "All " + Numbers.count(leaking.size(), "feature") + " that differ", table.build()));
    }
    return new Section(
        "leakage",
        "Leakage",
        title,
        "The same features were computed twice: from rows known at the time, as training uses them,"
            + " and from all rows that had happened by then, known or not. The difference is what a"
            + " careless join would have leaked from the future.",
        parts);
  }

  static List<Section> of(LoopReport loop) {
    List<Section> sections = new ArrayList<>();
    LeakageReport leakage = loop.leakage();
    if (leakage != null && !leakage.features().isEmpty()) {
      sections.add(leakage(leakage));
    }
    if (!loop.sources().isEmpty()) {
      sections.add(sources(loop.sources()));
    }
    if (!loop.datasets().isEmpty()) {
      sections.add(datasets(loop.datasets()));
    }
    return sections;
  }
}
