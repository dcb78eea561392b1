package dev.penstock.feedback.internal;

import dev.penstock.feedback.LoopReport;
import dev.penstock.feedback.LoopReport.Model;
import dev.penstock.feedback.internal.BarChart.Bar;
import dev.penstock.feedback.internal.Section.Drawing;
import dev.penstock.feedback.internal.Section.Rows;
import dev.penstock.feedback.internal.Section.Sentences;
import dev.penstock.model.AucComparison;
import dev.penstock.model.Evaluation;
import dev.penstock.model.PromotionDecision;
import dev.penstock.model.PromotionDecision.Guardrail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was learned, and what was decided. */
final class ModelSections {
  private static final int SHOWN_FEATURES = 14;

  private ModelSections() {}

  static List<Section> of(LoopReport loop) {
    List<Section> sections = new ArrayList<>();
    if (!loop.models().isEmpty()) {
      sections.add(models(loop.models()));
    }
    PromotionDecision promotion = loop.promotion();
    if (promotion != null) {
      sections.add(promotion(promotion));
    }
    return sections;
  }

  private static Section models(List<Model> models) {
    Table.Builder table =
        Table.of(
            "<model", "<role", "<evaluated on", "AUC", "log loss", "rows", "features", "rounds");
    for (Model model : models) {
      boolean first = true;
      for (Map.Entry<String, Evaluation> entry : model.evaluations().entrySet()) {
        Evaluation evaluation = entry.getValue();
        table.row(
            first ? model.name() + "@" + model.version() : "",
            first ? model.role() : "",
            entry.getKey() + (model.learned().contains(entry.getKey()) ? " (learned from)" : ""),
            Numbers.decimal(evaluation.auc(), 4),
            Numbers.decimal(evaluation.logLoss(), 4),
            Numbers.whole(evaluation.n()),
            first ? Numbers.whole((long) model.features()) : "",
            first && model.rounds() > 0 ? Numbers.whole((long) model.rounds()) : "");
        first = false;
      }
    }
    List<Section.Part> parts = new ArrayList<>(List.of(new Rows(table.build())));
    Model leading = models.get(models.size() - 1);
    for (Model model : models) {
      leading = model.role().equals("champion") ? model : leading;
    }
    List<Bar> bars = importance(leading);
    if (!bars.isEmpty()) {
      String caption =
          "What "
              + leading.name()
              + " gained by, as shares of the sum"
              + (leading.importance().size() > bars.size()
                  ? "; the first "
                      + bars.size()
                      + " of "
                      + leading.importance().size()
                      + " features"
                  : "");
      parts.add(new Drawing(BarChart.draw(bars, List.of(), caption), caption));
    }
    return new Section(
        "models",
        "Models",
        comparison(models),
        "AUC is the chance that a case that came true was given a higher probability than one that"
            + " did not: 0.5 is a coin, 1 is perfect. Log loss punishes confident mistakes; less is"
            + " better.",
        parts);
  }

  /**
   * Says how far the champion, or else any model, is above another on rows that neither learned
   * from.
   */
  private static String comparison(List<Model> models) {
    String said = Numbers.count(models.size(), "model") + " trained";
    boolean crowned = models.stream().anyMatch(model -> model.role().equals("champion"));
    double widest = 0;
    for (Model better : models) {
      if (crowned && !better.role().equals("champion")) {
        continue;
      }
      for (Model worse : models) {
        for (String rows : better.evaluations().keySet()) {
          Double high = auc(better, rows);
          Double low = auc(worse, rows);
          if (high != null && low != null && high - low > widest) {
            widest = high - low;
            said =
                "The "
                    + better.role()
                    + " reaches an AUC of "
                    + Numbers.decimal(high, 3)
                    + " on "
                    + rows
                    + ", "
                    + Numbers.decimal(high - low, 3)
                    + " above "
                    + worse.name();
          }
        }
      }
    }
    return said;
  }

  private static @Nullable Double auc(Model model, String rows) {
    Evaluation evaluation = model.evaluations().get(rows);
    return evaluation == null || model.learned().contains(rows) ? null : evaluation.auc();
  }

  private static List<Bar> importance(Model model) {
    return model.importance().entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN_FEATURES)
        .map(
            entry ->
                new Bar(
                    entry.getKey(),
                    entry.getValue(),
                    Numbers.percent(entry.getValue()),
                    "fill",
                    ""))
        .toList();
  }

  private static Section promotion(PromotionDecision decision) {
    AucComparison comparison = decision.comparison();
    String title =
        switch (decision.verdict()) {
          case PROMOTED ->
              comparison == null
                  ? "The first champion was approved"
                  : "The challenger was promoted: its AUC is higher by "
                      + Numbers.decimal(comparison.difference(), 4)
                      + ", by "
                      + Numbers.decimal(decision.lowerBound(), 4)
                      + " at least";
          case REFUSED -> "The challenger was refused; the champion stays";
          case INCONCLUSIVE -> "There was too little to decide; the champion stays";
        };
    List<Section.Part> parts = new ArrayList<>();
    if (comparison != null) {
      parts.add(
          new Drawing(
              DifferenceChart.draw(comparison, decision.policy(), title),
              "Challenger less champion, in AUC; the line is what the data leave possible at "
                  + Numbers.decimal(100 * decision.policy().confidence(), 0)
                  + " % on each side"));
    }
    parts.add(new Sentences(decision.reasons()));
    Table.Builder table = Table.of("<condition", "<held", "<figures");
    for (Guardrail rail : decision.guardrails()) {
      table.row(rail.name(), rail.held() ? "yes" : "no", rail.what());
    }
    if (!decision.guardrails().isEmpty()) {
      parts.add(new Rows(table.build()));
    }
    return new Section(
        "promotion",
        "Promotion",
        title,
        "Both models scored the same "
            + Numbers.count(decision.n(), "row")
            + ", "
            + Numbers.whole(decision.positives())
            + " of them positive. A paired test (DeLong) decides whether the difference is more"
            + " than chance; a higher number alone never does.",
        parts);
  }
}
