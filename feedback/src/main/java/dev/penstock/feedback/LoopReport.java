package dev.penstock.feedback;

import dev.penstock.model.Evaluation;
import dev.penstock.model.PromotionDecision;
import dev.penstock.training.LeakageReport;
import dev.penstock.training.SplitSummary;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * All that a loop from raw data to predictions and back has shown, as plain values. What did not
 * run is null or empty and is left out of the report.
 *
 * @param project the project's name
 * @param question what the model answers, in a sentence; may be empty
 * @param stages what ran, in order
 * @param sources what came in, and what was kept out
 * @param datasets what was built to train and to evaluate on
 * @param leakage what looking at rows too early would have leaked
 * @param models the models that were trained, in the order they are to be shown
 * @param performance of the champion, over the time it served
 * @param served the champion's served scores against their outcomes; its calibration is drawn
 * @param outcomes how outcomes and predictions found each other
 * @param promotion what was decided about a challenger
 */
public record LoopReport(
    String project,
    String question,
    List<Stage> stages,
    List<SourceQuality> sources,
    List<Dataset> datasets,
    @Nullable LeakageReport leakage,
    List<Model> models,
    @Nullable Performance performance,
    @Nullable Evaluation served,
    @Nullable OutcomeCounts outcomes,
    @Nullable Drift drift,
    @Nullable ParityCheck parity,
    @Nullable PromotionDecision promotion,
    List<Latency> latencies,
    @Nullable Lineage lineage) {
  public LoopReport {
    stages = List.copyOf(stages);
    sources = List.copyOf(sources);
    datasets = List.copyOf(datasets);
    models = List.copyOf(models);
    latencies = List.copyOf(latencies);
  }

  /**
   * A stage that ran.
   *
   * @param seconds how long it took
   * @param rows how many rows it worked on; null where that means nothing
   * @param note what else a reader should know; may be empty
   */
  public record Stage(String name, double seconds, @Nullable Long rows, String note) {}

  /**
   * What came in from a source.
   *
   * @param accepted rows that were accepted
   * @param duplicates rows that were acknowledged as repeats
   * @param quarantined rows that were kept out, by the rule they broke
   * @param checksPassed checks on whole files that passed
   * @param checksFailed the names of those that did not
   */
  public record SourceQuality(
      String source,
      long accepted,
      long duplicates,
      SortedMap<String, Long> quarantined,
      long checksPassed,
      List<String> checksFailed) {

    public long quarantinedRows() {
      return quarantined.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** A dataset that was built. */
  public record Dataset(String name, String version, List<SplitSummary> splits) {}

  /**
   * A model that was trained.
   *
   * @param role what it is to the loop: champion, challenger, baseline
   * @param dataset the version of the dataset it learned from
   * @param features how many inputs it takes
   * @param rounds how many rounds of boosting it uses; 0 where it has none
   * @param learned the names of the rows it learned from
   * @param evaluations by the name of the rows it was evaluated on
   * @param importance shares of its gain by feature; may be empty
   */
  public record Model(
      String name,
      String version,
      String role,
      String dataset,
      int features,
      int rounds,
      SortedSet<String> learned,
      SortedMap<String, Evaluation> evaluations,
      SortedMap<String, Double> importance) {}

  /** How outcomes and predictions found each other. */
  public record OutcomeCounts(
      long matched, long pending, long orphans, long superseded, long later) {
    public static OutcomeCounts of(JoinedOutcomes outcomes) {
      return new OutcomeCounts(
          outcomes.matched().size(),
          outcomes.pending().size(),
          outcomes.orphans(),
          outcomes.superseded(),
          outcomes.later());
    }
  }
}
