package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.offline.Explanation;
import dev.penstock.offline.Explanation.Cause;
import dev.penstock.offline.ParityReplay;
import dev.penstock.offline.ParityReport;
import dev.penstock.offline.ParityReport.Difference;
import dev.penstock.offline.ParityReport.Mismatch;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Parity;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.feedback.LoggedPredictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code penstock parity}: replays what was served, and compares to the bit. */
final class ParityOperation {
  private final OpenProject project;

  ParityOperation(OpenProject project) {
    this.project = project;
  }

  /** Replays a sample of every model's logged answers. What was served must be flushed already. */
  Answer run(Parity request, Progress progress) {
    Map<String, ParityReport> reports = new TreeMap<>();
    for (CompiledModel model : project.compiled().models().values()) {
      LoggedPredictions predictions = new LoggedPredictions(project, model);
      if (predictions.exist()) {
        progress.stage("replaying " + model.name());
        reports.put(model.name(), check(predictions, model, request));
      }
    }
    return answer(reports, together(reports.values().stream().toList()));
  }

  /** Answers of another definition are left out: today's gives other values, and rightly so. */
  private ParityReport check(LoggedPredictions predictions, CompiledModel model, Parity request) {
    LoggedPredictions.ByDefinition logged = predictions.byDefinition();
    Batch rows = LoggedPredictions.sample(logged.current(), request.sample(), request.seed());
    ParityReport report =
        new ParityReplay(
                model.dataset().service().service(),
                project.inputs(
                    model.dataset().service().service().views().stream()
                        .map(view -> project.compiled().view(view.view().name()))
                        .toList()))
            .compare(predictions.table().answers(rows))
            .leaving(Cause.VERSION, logged.others());
    project
        .registry()
        .audit()
        .append(
            project.now(),
            Who.AM_I,
            ParitySummaries.ACTION,
            model.name(),
            new ParitySummaries.Evidence(
                    ParitySummaries.of(report),
                    logged.current().rows() + logged.others(),
                    request.seed())
                .toJson());
    return report;
  }

  private static ParityReport together(List<ParityReport> reports) {
    int sample = 0;
    int equal = 0;
    long features = 0;
    long present = 0;
    int otherDefinition = 0;
    List<Mismatch> mismatches = new ArrayList<>();
    for (ParityReport report : reports) {
      sample += report.sample();
      equal += report.equal();
      features += report.features();
      present += report.present();
      otherDefinition += report.notReplayed().getOrDefault(Cause.VERSION, 0);
      mismatches.addAll(report.mismatches());
    }
    return new ParityReport(sample, equal, features, present, Map.of(), mismatches)
        .leaving(Cause.VERSION, otherDefinition);
  }

  private static Answer answer(Map<String, ParityReport> reports, ParityReport all) {
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer
            .table("parity")
            .heading("model")
            .heading("answers replayed")
            .heading("equal to the bit")
            .heading("share", Answer.Format.SHARE)
            .heading("values compared")
            .heading("present", Answer.Format.SHARE);
    reports.forEach(
        (model, report) ->
            table.row(
                model,
                report.sample(),
                report.equal(),
                report.sample() == 0 ? null : report.share(),
                report.features(),
                report.features() == 0 ? null : (double) report.present() / report.features()));
    table.end();
    notReplayed(answer, reports);
    mismatches(answer, all.mismatches());
    if (reports.isEmpty()) {
      answer.failed(
          new PenstockException(
              ErrorCode.PARITY_FAILED,
              "no served answer was replayed, so nothing is shown",
              "serve predictions first"));
    } else if (all.equal() < all.sample()) {
      answer.failed(
          new PenstockException(
              ErrorCode.PARITY_FAILED,
              (all.sample() - all.equal())
                  + " of "
                  + all.sample()
                  + " served answers come out differently when replayed",
              "the rows that make the difference are named above"));
    } else {
      reports.entrySet().stream()
          .filter(model -> !model.getValue().holds())
          .findFirst()
          .ifPresent(model -> answer.failed(nothingShown(model.getKey(), model.getValue())));
    }
    return answer.build();
  }

  /** Why a report without a difference is no parity all the same. */
  private static PenstockException nothingShown(String model, ParityReport report) {
    int others = report.notReplayed().getOrDefault(Cause.VERSION, 0);
    if (report.sample() > 0) {
      return new PenstockException(
          ErrorCode.PARITY_FAILED,
          "not one value in the answers of model '"
              + model
              + "' is PRESENT, so nothing is shown of it",
          "ask about keys that have rows");
    }
    return new PenstockException(
        ErrorCode.PARITY_FAILED,
        others == 0
            ? "no served answer of model '" + model + "' was replayed, so nothing is shown of it"
            : "all "
                + others
                + " answers of model '"
                + model
                + "' were given by another definition of its service, so nothing is shown of it",
        "serve predictions of it first");
  }

  private static void notReplayed(Answer.Builder answer, Map<String, ParityReport> reports) {
    if (reports.values().stream().allMatch(report -> report.notReplayed().isEmpty())) {
      return;
    }
    Answer.TableBuilder table =
        answer.table("not_replayed").heading("model").heading("answers").heading("cause");
    reports.forEach(
        (model, report) ->
            report
                .notReplayed()
                .forEach((cause, answers) -> table.row(model, answers, cause.name())));
    table.end();
    answer.note("VERSION: another definition of the service answered than the one there is now");
  }

  private static void mismatches(Answer.Builder answer, List<Mismatch> mismatches) {
    if (mismatches.isEmpty()) {
      return;
    }
    Answer.TableBuilder table =
        answer
            .table("mismatches")
            .heading("answer")
            .heading("view")
            .heading("key")
            .heading("asked at", Answer.Format.TIME)
            .heading("feature")
            .heading("served")
            .heading("replayed")
            .heading("cause");
    for (Mismatch mismatch : mismatches) {
      Difference first = mismatch.differences().get(0);
      table.row(
          mismatch.id(),
          mismatch.view(),
          mismatch.key(),
          mismatch.time(),
          first.feature(),
          String.valueOf(first.served().value()),
          String.valueOf(first.replayed().value()),
          mismatch.explanation().cause().name());
    }
    table.end();
    Answer.TableBuilder rows =
        answer
            .table("rows")
            .heading("answer")
            .heading("cause")
            .heading("row")
            .heading("position")
            .heading("event time", Answer.Format.TIME)
            .heading("seen time", Answer.Format.TIME);
    for (Mismatch mismatch : mismatches) {
      for (Explanation.NamedRow row : mismatch.explanation().rows()) {
        rows.row(
            mismatch.id(),
            mismatch.explanation().cause().name(),
            row.id(),
            row.partition() + ":" + row.offset(),
            row.eventTime(),
            row.seenTime());
      }
    }
    rows.end();
    mismatches.stream().map(m -> m.explanation().sentence()).distinct().forEach(answer::note);
  }
}
