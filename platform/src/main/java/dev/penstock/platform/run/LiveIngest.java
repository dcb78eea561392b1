package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.Input;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.ingest.AcceptingReader;
import dev.penstock.platform.ingest.FileResult;
import dev.penstock.platform.ingest.HistoryIngest;
import dev.penstock.platform.live.LiveStore;
import dev.penstock.platform.registry.IngestedFile;
import dev.penstock.platform.registry.IngestedFiles;
import dev.penstock.quality.Check;
import dev.penstock.quality.CheckResult;
import dev.penstock.quality.Profile;
import dev.penstock.source.ChangeFeed;
import dev.penstock.source.Decision;
import dev.penstock.source.MemoryIdIndex;
import dev.penstock.source.MemoryLiveRows;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.Quarantined;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files into a live project: their rows are new rows of now, through the same log as a push. A file
 * that was taken in before, as history or live, is known by its content; of one that a crash cut
 * short, the rows that are in are known by their ids.
 */
final class LiveIngest {
  private static final String NEW =
      "This project is live: the rows are taken as new ones, seen now. A training set takes them"
          + " for unknown before this moment, whenever they happened.";

  private final OpenProject project;
  private final LiveStore live;

  LiveIngest(OpenProject project, LiveStore live) {
    this.project = project;
    this.live = live;
  }

  Answer run(Ingest request, Progress progress) {
    CompiledSource compiled = project.compiled().source(request.source());
    SourceSpec source = IngestOperation.spec(compiled);
    List<FileResult> results = new ArrayList<>();
    IngestOperation.Found found = IngestOperation.inputs(request.files(), compiled, project);
    for (Input file : found.inputs()) {
      progress.stage("ingest " + request.source() + " " + file.name());
      Optional<IngestedFile> before =
          project.registry().files().find(source.name(), file.fingerprint());
      if (before.isPresent() && before.get().done()) {
        results.add(FileResult.repeated(before.get()));
        continue;
      }
      List<CheckResult> verdicts = verdicts(source, compiled.checks(), file);
      if (verdicts.stream().anyMatch(CheckResult::blocks)) {
        results.add(new FileResult(source.name(), file.name(), 0, 0, 0, 0, verdicts, false, false));
        break;
      }
      Profile.Builder profile = Profile.builder(source.rowSchema());
      FileResult result = ingest(source, file, verdicts, profile);
      results.add(result);
      if (result.nameTaken()) {
        // Under another name the same content may come in: it is not written down as taken.
        break;
      }
      project
          .registry()
          .transaction(
              () -> {
                IngestedFiles files = project.registry().files();
                files.put(result.record(file.fingerprint(), null, project.now()));
                files.keepProfile(source.name(), file.fingerprint(), profile.build().toJson());
              });
    }
    String isNew = results.stream().anyMatch(LiveIngest::isNew) ? NEW : "";
    return IngestOperation.answer(results, (found.note() + " " + isNew).strip());
  }

  private static boolean isNew(FileResult result) {
    return result.accepted() > 0 && !result.repeated();
  }

  /** The checks on a file come before any row of it is accepted, so it is read twice. */
  private List<CheckResult> verdicts(SourceSpec source, List<Check> checks, Input file) {
    if (checks.isEmpty()) {
      return List.of();
    }
    List<Check.Evaluation> evaluations = checks.stream().map(Check::begin).toList();
    try (AcceptingReader rows =
        new AcceptingReader(
            source,
            file,
            project.now(),
            Positions.NONE,
            new MemoryIdIndex(),
            new MemoryLiveRows(),
            accepted -> evaluations.forEach(evaluation -> evaluation.add(accepted)))) {
      Batch batch;
      do {
        batch = rows.next();
      } while (batch != null);
    }
    return evaluations.stream().map(Check.Evaluation::result).toList();
  }

  private FileResult ingest(
      SourceSpec source, Input file, List<CheckResult> verdicts, Profile.Builder profile) {
    long read = 0;
    long accepted = 0;
    long quarantined = 0;
    long duplicates = 0;
    Set<QuarantineReason> reasons = EnumSet.noneOf(QuarantineReason.class);
    List<Quarantined> unreadable = new ArrayList<>();
    try (FileBatchReader rows =
        file.read(
            source.columns(),
            AcceptingReader.extraColumns(source),
            bad ->
                unreadable.add(
                    AcceptingReader.unreadable(source, file.name(), bad, project.now())))) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        RawRows raw = RawRows.ofFile(batch, file.name(), rows::rowNumber);
        Decision decision = live.store().push(source.name(), raw).join();
        read += batch.rows();
        accepted += decision.taken(raw);
        profile.add(ChangeFeed.rowsPut(decision.accepted()));
        quarantined += decision.quarantined().size();
        duplicates += decision.duplicates().size();
        decision.quarantined().forEach(row -> reasons.add(row.reason()));
      }
    }
    live.store().quarantine().add(unreadable);
    boolean nameTaken = HistoryIngest.isNameTaken(source, accepted, duplicates, reasons);
    return new FileResult(
        source.name(),
        file.name(),
        read + unreadable.size(),
        accepted,
        quarantined + unreadable.size(),
        duplicates,
        verdicts,
        !nameTaken,
        nameTaken,
        false);
  }
}
