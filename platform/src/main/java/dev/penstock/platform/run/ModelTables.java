package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.model.Evaluation;
import dev.penstock.model.PromotionDecision;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.model.DatasetFolder;
import dev.penstock.platform.model.Evaluations;
import dev.penstock.platform.registry.ModelVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models, evaluations and decisions as tables. */
final class ModelTables {
  private ModelTables() {}

  /** Versions with their evaluations, split by split. */
  static Answer versions(List<ModelVersion> versions) {
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer
            .table("models")
            .heading("model")
            .heading("version", Answer.Format.NUMERAL)
            .heading("stage")
            .heading("dataset")
            .heading("split")
            .heading("rows")
            .heading("AUC")
            .heading("log loss")
            .heading("trained", Answer.Format.TIME);
    for (ModelVersion version : versions) {
      Map<String, Evaluation> evaluations = Evaluations.fromJson(version.metrics());
      boolean first = true;
      for (Map.Entry<String, Evaluation> split : evaluations.entrySet()) {
        table.row(
            first ? version.name() : "",
            first ? version.version() : null,
            first ? version.stage().toString() : "",
            first ? version.datasetVersion() : "",
            split.getKey(),
            split.getValue().n(),
            split.getValue().auc(),
            split.getValue().logLoss(),
            first ? version.trainedMicros() : null);
        first = false;
      }
    }
    return table.end().build();
  }

  /** What was decided about a challenger, and on what. */
  static Answer decision(
      ModelVersion challenger,
      @Nullable ModelVersion champion,
      DatasetFolder dataset,
      String split,
      PromotionDecision decision) {
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer
            .table("models")
            .heading("model")
            .heading("role")
            .heading("rows")
            .heading("AUC")
            .heading("log loss")
            .heading("Brier");
    Evaluation old = decision.champion();
    if (champion != null && old != null) {
      table.row(
          champion.name() + "@" + champion.version(),
          "champion",
          old.n(),
          old.auc(),
          old.logLoss(),
          old.brier());
    }
    Evaluation fresh = decision.challenger();
    table.row(
        challenger.name() + "@" + challenger.version(),
        "challenger",
        fresh.n(),
        fresh.auc(),
        fresh.logLoss(),
        fresh.brier());
    table.end();
    decision.reasons().forEach(answer::note);
    Answer.TableBuilder guardrails =
        answer.table("guardrails").heading("guardrail").heading("held").heading("measured");
    decision.guardrails().forEach(g -> guardrails.row(g.name(), g.held(), g.what()));
    guardrails.end();
    answer.note(decision.verdict() + " on " + split + " of " + DatasetOperations.dataset(dataset));
    if (!decision.promoted()) {
      answer.failed(
          new PenstockException(
              ErrorCode.GATE_REFUSED,
              challenger.name() + "@" + challenger.version() + " was not promoted",
              hint(champion, decision)));
    }
    return answer.build();
  }

  private static String hint(@Nullable ModelVersion champion, PromotionDecision decision) {
    if (champion != null) {
      return "the champion stays";
    }
    if (decision.verdict() == PromotionDecision.Verdict.INCONCLUSIVE) {
      return "it takes more rows to tell";
    }
    return decision.guardrails().stream().allMatch(PromotionDecision.Guardrail::held)
        ? "name its version to approve a first champion"
        : "a first champion too must hold the guardrails above";
  }

  /** How a model did on each split. */
  static void evaluations(Answer.Builder answer, Map<String, Evaluation> evaluations) {
    Answer.TableBuilder table =
        answer
            .table("evaluation")
            .heading("split")
            .heading("rows")
            .heading("positive", Answer.Format.SHARE)
            .heading("AUC")
            .heading("log loss")
            .heading("Brier")
            .heading("calibration error");
    evaluations.forEach(
        (split, e) ->
            table.row(
                split, e.n(), e.baseRate(), e.auc(), e.logLoss(), e.brier(), e.calibrationError()));
    table.end();
  }
}
