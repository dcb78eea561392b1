package dev.penstock.platform.serve;

import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.source.ClockMode;
import java.util.List;

/**
 * A project that takes rows and answers. The lookups are cheap enough to be made for each request
 * and follow {@code apply}; a name that is not there is {@code NOT_FOUND}. Thread-safe.
 */
public interface Serving {
  ClockMode clock();

  /** Where rows of that source (or, as Feast says, push source) go. */
  Intake source(String name);

  FeatureReader features(FeatureSelection selection);

  /** The champion of that model, or {@code model@version}. */
  Predictor model(String name);

  /** What became of predictions that were served. */
  OutcomeReceipt outcomes(String model, List<Outcome> outcomes);

  Health health();

  /** Numbers worth watching beside those the server counts itself; read at each scrape. */
  List<Gauge> gauges();

  /** What was true in the end of one prediction. */
  record Outcome(String predictionId, double value, long eventTime) {}

  /**
   * What became of outcomes.
   *
   * @param recorded how many were written down. Whether a prediction was ever given such an id, and
   *     whether it had an outcome before, shows only when outcomes and predictions are joined
   * @param unknown ids that no prediction of this model can have
   */
  record OutcomeReceipt(int recorded, List<String> unknown) {
    public OutcomeReceipt {
      unknown = List.copyOf(unknown);
    }
  }

  /**
   * Ready, or why not yet: {@code filling state of origin_delays}.
   *
   * @param warnings what an operator should look at, though the server serves
   */
  record Health(List<String> reasons, List<String> warnings) {
    public Health {
      reasons = List.copyOf(reasons);
      warnings = List.copyOf(warnings);
    }

    public boolean ready() {
      return reasons.isEmpty();
    }
  }

  /**
   * A metric: {@code penstock_log_unflushed_rows} with one label, or none where its name is empty.
   * One whose name ends in {@code _total} only grows while the process lives.
   */
  record Gauge(String name, String label, String labelValue, double value) {}
}
