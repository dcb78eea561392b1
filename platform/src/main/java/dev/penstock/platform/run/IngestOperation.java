package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.format.Input;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.ingest.FileResult;
import dev.penstock.platform.ingest.HistoryIngest;
import dev.penstock.platform.ingest.Inputs;
import dev.penstock.quality.CheckResult;
import dev.penstock.source.SourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code penstock ingest}: files into a source, one after the other. */
final class IngestOperation {
  private final OpenProject project;

  IngestOperation(OpenProject project) {
    this.project = project;
  }

  Answer run(Ingest request, Progress progress) {
    CompiledSource source = project.compiled().source(request.source());
    SourceSpec spec = spec(source);
    List<FileResult> results = new ArrayList<>();
    HistoryIngest ingest =
        new HistoryIngest(
            spec, source.checks(), project.lake(), project.registry().files(), project.now());
    for (Input file : inputs(request.files(), spec, project)) {
      progress.stage("ingest " + request.source() + " " + file.name());
      FileResult result = ingest.ingest(file);
      results.add(result);
      if (!result.published()) {
        break;
      }
    }
    return answer(results, "");
  }

  /** All that was named, found before the first row of it is taken. */
  static List<Input> inputs(List<Path> paths, SourceSpec spec, OpenProject project) {
    List<Input> inputs = new ArrayList<>();
    for (Path path : paths) {
      inputs.addAll(Inputs.at(path, spec, project.registry().files()));
    }
    return inputs;
  }

  /**
   * What a source accepts.
   *
   * @throws PenstockException {@code USAGE} for a dimension
   */
  static SourceSpec spec(CompiledSource source) {
    SourceSpec spec = source.spec();
    if (spec == null) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "'" + source.name() + "' is a dimension: its rows come from its file",
          "change the file and run penstock apply");
    }
    return spec;
  }

  /**
   * What became of the files.
   *
   * @param note what holds of all their rows; empty for nothing
   */
  static Answer answer(List<FileResult> results, String note) {
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer
            .table("files")
            .heading("file")
            .heading("rows")
            .heading("accepted")
            .heading("quarantined")
            .heading("duplicates")
            .heading("checks")
            .heading("outcome");
    for (FileResult result : results) {
      long passed = result.checks().stream().filter(CheckResult::passed).count();
      table.row(
          result.file(),
          result.repeated() ? null : result.read(),
          known(result.accepted()),
          known(result.quarantined()),
          known(result.duplicates()),
          result.repeated() ? "" : passed + " of " + result.checks().size() + " passed",
          result.repeated()
              ? "was taken in before"
              : result.published() ? "published" : "held back");
    }
    table.end();
    if (!note.isEmpty()) {
      answer.note(note);
    }
    FileResult last = results.get(results.size() - 1);
    if (last.nameTaken()) {
      answer.failed(
          new PenstockException(
              ErrorCode.CHECK_FAILED,
              "nothing of "
                  + last.file()
                  + " counts: its rows have the ids of rows of another file of that name",
              "'"
                  + last.source()
                  + "' declares no id, so a row's id is its file's name and its number there:"
                  + " give the file another name"));
    } else if (!last.published()) {
      Answer.TableBuilder failed =
          answer.table("failed_checks").heading("check").heading("value").heading("finding");
      last.checks().stream()
          .filter(CheckResult::blocks)
          .forEach(check -> failed.row(check.check(), check.value(), check.sentence()));
      failed.end();
      answer.failed(
          new PenstockException(
              ErrorCode.CHECK_FAILED,
              last.file() + " was held back: nothing of it counts",
              "mend the file, or the source's checks"));
    }
    return answer.build();
  }

  /** A crash between publishing a file and writing that down forgets these counts: below 0. */
  private static @Nullable Long known(long count) {
    return count < 0 ? null : (Long) count;
  }
}
