package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.format.Input;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.definition.RawFiles;
import dev.penstock.platform.ingest.FileResult;
import dev.penstock.platform.ingest.FolderFiles;
import dev.penstock.platform.ingest.HistoryIngest;
import dev.penstock.platform.ingest.Inputs;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.platform.registry.IngestedFile;
import dev.penstock.quality.CheckResult;
import dev.penstock.source.SourceSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    if (source.definition().files() != null) {
      ingest.settle();
    }
    Found found = inputs(request.files(), source, project);
    for (Input file : found.inputs()) {
      progress.stage("ingest " + request.source() + " " + file.name());
      FileResult result = ingest.ingest(file);
      results.add(result);
      if (!result.published()) {
        break;
      }
    }
    return answer(results, found.note());
  }

  /**
   * What is to be taken in.
   *
   * @param note what holds of the rest; empty for nothing
   */
  record Found(List<Input> inputs, String note) {}

  /** All that was named, found before the first row of it is taken. */
  static Found inputs(List<Path> paths, CompiledSource source, OpenProject project) {
    RawFiles files = source.definition().files();
    if (files != null) {
      return folders(paths, source.name(), files, project);
    }
    List<Input> inputs = new ArrayList<>();
    for (Path path : paths) {
      inputs.addAll(Inputs.at(path, spec(source), project.registry().files()));
    }
    return new Found(inputs, "");
  }

  private static Found folders(
      List<Path> paths, String source, RawFiles files, OpenProject project) {
    FolderFiles folders =
        new FolderFiles(
            SourceTables.log(project.lake(), source),
            project.files(),
            files,
            project.workspace().state(),
            Instant.EPOCH.plus(project.now(), ChronoUnit.MICROS));
    long before = project.registry().files().of(source).stream().filter(IngestedFile::done).count();
    List<Input> inputs = new ArrayList<>();
    long unchanged = 0;
    for (Path path : paths) {
      FolderFiles.Found found = folders.keep(path, before + inputs.size());
      found.input().ifPresent(inputs::add);
      unchanged += found.unchanged();
    }
    String note =
        inputs.isEmpty() && unchanged == 0
            ? "There is no file that '" + source + "' takes."
            : unchanged == 0 ? "" : "Known, and unchanged: " + unchanged + " files.";
    return new Found(inputs, note);
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
    if (results.isEmpty()) {
      return Answer.of(note);
    }
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
