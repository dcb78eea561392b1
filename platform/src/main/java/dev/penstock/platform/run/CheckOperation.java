package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.offline.ViewInput;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.Compiled;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.quality.Check;
import dev.penstock.quality.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code penstock check}: the definitions, and each source's checks on what the lake holds. */
final class CheckOperation {
  private final OpenProject project;

  CheckOperation(OpenProject project) {
    this.project = project;
  }

  Answer run(List<String> selected, Progress progress) {
    Compiled compiled = project.compiled();
    Answer.Builder answer =
        Answer.builder().note(compiled.canonical().size() + " definitions are sound");
    Answer.TableBuilder table =
        answer
            .table("checks")
            .heading("source")
            .heading("check")
            .heading("value")
            .heading("rows")
            .heading("state")
            .heading("finding");
    int failed = 0;
    for (CompiledSource source : compiled.sources().values()) {
      boolean wanted = selected.isEmpty() || selected.contains(source.name());
      if (!wanted || source.checks().isEmpty() || !project.lake().exists(source.name())) {
        continue;
      }
      progress.stage("checking " + source.name());
      for (CheckResult result : results(source)) {
        failed += result.blocks() ? 1 : 0;
        table.row(
            source.name(),
            result.check(),
            result.value(),
            result.n(),
            result.state().name().toLowerCase(Locale.ROOT),
            result.sentence());
      }
    }
    table.end();
    if (failed > 0) {
      answer.failed(
          new PenstockException(
              ErrorCode.CHECK_FAILED, failed + " checks failed", "the table above says which"));
    }
    return answer.build();
  }

  private List<CheckResult> results(CompiledSource source) {
    List<Check.Evaluation> evaluations = new ArrayList<>();
    source.checks().forEach(check -> evaluations.add(check.begin()));
    ViewInput input = project.input(source);
    for (Batch batch : input.rowsAt(Long.MAX_VALUE, source.schema().names())) {
      evaluations.forEach(evaluation -> evaluation.add(batch));
    }
    return evaluations.stream().map(Check.Evaluation::result).toList();
  }
}
