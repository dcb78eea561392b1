package dev.penstock.platform.ingest;

import dev.penstock.data.Fingerprint;
import dev.penstock.data.Positions;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Input;
import dev.penstock.lake.Appended;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.platform.registry.IngestedFile;
import dev.penstock.platform.registry.IngestedFiles;
import dev.penstock.quality.Check;
import dev.penstock.quality.CheckResult;
import dev.penstock.quality.Profile;
import dev.penstock.source.IdIndex;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.Quarantined;
import dev.penstock.source.RowId;
import dev.penstock.source.SourceSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes files into a source as history: each row is accepted or quarantined, the accepted ones are
 * written to a branch, checked and profiled there, and published in one step. A file is known by
 * its content, so taking it in again, after a crash too, does nothing twice.
 */
public final class HistoryIngest {
  private static final String BRANCH = "ingest-";

  private final SourceSpec source;
  private final List<Check> checks;
  private final Lake lake;
  private final IngestedFiles files;
  private final long wallClock;
  private final RememberedRows liveRows;

  /**
   * For one source.
   *
   * @param checks must hold on the accepted rows of each file, or the file is held back whole
   */
  public HistoryIngest(
      SourceSpec source, List<Check> checks, Lake lake, IngestedFiles files, long wallClock) {
    this.source = source;
    this.checks = List.copyOf(checks);
    this.lake = lake;
    this.files = files;
    this.wallClock = wallClock;
    this.liveRows = new RememberedRows(source);
  }

  /**
   * Drops what a crash left of files that were not published: it would keep old snapshots of the
   * log for ever. Nothing is being taken in meanwhile.
   */
  public static void dropAbandoned(Lake lake) {
    List<String> tables = lake.tables();
    for (String source : tables) {
      String quarantine = SourceTables.quarantineName(source);
      if (tables.contains(quarantine)) {
        dropAbandoned(lake.table(quarantine), lake.table(source));
      }
    }
    Set<String> quarantines =
        tables.stream().map(SourceTables::quarantineName).collect(Collectors.toSet());
    for (String source : tables) {
      if (!quarantines.contains(source)) {
        dropAbandoned(lake.table(source), lake.table(source));
      }
    }
  }

  /** Of rows that were published, what was refused with them is published when they come again. */
  private static void dropAbandoned(LakeTable table, LakeTable log) {
    for (String branch : table.branches().keySet()) {
      if (branch.startsWith(BRANCH)) {
        String batch = table.snapshot(Ref.branch(branch)).batchId();
        boolean published = batch != null && log.batch(batch, LakeTable.MAIN).isPresent();
        if (!published || table == log) {
          table.dropBranch(branch);
        }
      }
    }
  }

  /**
   * Takes one file in.
   *
   * @throws dev.penstock.data.PenstockException if the file as a whole does not fit the source
   */
  public FileResult ingest(Input file) {
    Fingerprint content = file.fingerprint();
    Optional<IngestedFile> before = files.find(source.name(), content);
    if (before.isPresent() && before.get().done()) {
      return FileResult.repeated(before.get());
    }
    LakeTable log = SourceTables.log(lake, source.name());
    String batch = batch(content);
    String branch = BRANCH + content.shown();
    OptionalLong landed = log.batch(batch, LakeTable.MAIN);
    if (landed.isPresent()) {
      return FileResult.repeated(recordLanded(log, file.name(), content, landed.getAsLong()));
    }
    log.dropBranch(branch);
    if (lake.exists(SourceTables.quarantineName(source.name()))) {
      SourceTables.quarantine(lake, source.name()).dropBranch(branch);
    }
    Positions start = SourceTables.positions(log);
    List<Check.Evaluation> evaluations = checks.stream().map(Check::begin).toList();
    Profile.Builder profile = Profile.builder(source.rowSchema());
    IdIndex ids = RememberedIds.of(source, file, log, files);
    // From here on rows of this name may be in the lake, whatever crashes.
    files.put(started(file, content));
    AcceptingReader rows =
        new AcceptingReader(
            source,
            file,
            wallClock,
            start,
            ids,
            liveRows.from(log, start),
            accepted -> {
              evaluations.forEach(evaluation -> evaluation.add(accepted));
              profile.add(accepted);
            });
    Appended appended =
        log.write().toBranch(branch).batchId(batch).positions(rows::positions).append(rows);
    List<CheckResult> verdicts = evaluations.stream().map(Check.Evaluation::result).toList();
    boolean nameTaken =
        isNameTaken(
            source,
            appended.rows(),
            rows.duplicates(),
            rows.quarantined().stream().map(Quarantined::reason).collect(Collectors.toSet()));
    boolean held = nameTaken || verdicts.stream().anyMatch(CheckResult::blocks);
    if (held) {
      log.dropBranch(branch);
    } else {
      writeQuarantine(rows.quarantined(), branch, batch);
      // Kept first: a crash right after publishing would lose it.
      files.keepProfile(source.name(), content, profile.build().toJson());
      long snapshot = log.publish(branch);
      liveRows.reached(rows.positions());
      publishQuarantine(branch);
      record(
          file.name(),
          content,
          snapshot,
          rows.taken(),
          rows.quarantined().size(),
          rows.duplicates());
    }
    return new FileResult(
        source.name(),
        file.name(),
        rows.rowsRead(),
        held ? 0 : rows.taken(),
        rows.quarantined().size(),
        rows.duplicates(),
        verdicts,
        !held,
        nameTaken,
        false);
  }

  /**
   * Writes down what a crash came before: of files whose rows are published. Files that are handed
   * in again do so by themselves; what was new in a folder is not new any more.
   */
  public void settle() {
    LakeTable log = SourceTables.log(lake, source.name());
    for (IngestedFile file : files.of(source.name())) {
      if (!file.done()) {
        OptionalLong landed = log.batch(batch(file.content()), LakeTable.MAIN);
        if (landed.isPresent()) {
          recordLanded(log, file.fileName(), file.content(), landed.getAsLong());
        }
      }
    }
  }

  private static String batch(Fingerprint content) {
    return "file-" + content.hex();
  }

  /** Of rows that were published when a crash came. */
  private IngestedFile recordLanded(
      LakeTable log, String name, Fingerprint content, long snapshot) {
    String branch = BRANCH + content.shown();
    log.dropBranch(branch);
    publishQuarantine(branch);
    long accepted =
        source.changes() == null ? log.snapshot(Ref.snapshot(snapshot)).addedRows() : -1;
    return record(name, content, snapshot, accepted, -1, -1);
  }

  /**
   * Whether a file that nothing was accepted of is a stranger to the one that had its name before:
   * made ids are that name and the rows' numbers. A row of one file in both would be a duplicate.
   */
  public static boolean isNameTaken(
      SourceSpec source, long accepted, long duplicates, Set<QuarantineReason> refused) {
    return source.id() instanceof RowId.Made
        && accepted == 0
        && duplicates == 0
        && refused.contains(QuarantineReason.ID_REUSED);
  }

  private IngestedFile started(Input file, Fingerprint content) {
    return new IngestedFile(source.name(), content, file.name(), false, null, 0, 0, 0, wallClock);
  }

  private void writeQuarantine(List<Quarantined> rows, String branch, String batch) {
    if (!rows.isEmpty()) {
      SourceTables.quarantine(lake, source.name())
          .write()
          .toBranch(branch)
          .batchId(batch)
          .append(
              BatchReader.of(SourceTables.QUARANTINE_SCHEMA, List.of(SourceTables.batch(rows))));
    }
  }

  private void publishQuarantine(String branch) {
    String name = SourceTables.quarantineName(source.name());
    if (lake.exists(name) && lake.table(name).branches().containsKey(branch)) {
      lake.table(name).publish(branch);
    }
  }

  private IngestedFile record(
      String name,
      Fingerprint content,
      long snapshot,
      long accepted,
      long quarantined,
      long duplicates) {
    IngestedFile done =
        new IngestedFile(
            source.name(),
            content,
            name,
            true,
            snapshot,
            accepted,
            quarantined,
            duplicates,
            wallClock);
    files.put(done);
    return done;
  }
}
