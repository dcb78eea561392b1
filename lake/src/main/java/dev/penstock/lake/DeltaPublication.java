package dev.penstock.lake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.format.FieldIds;
import dev.penstock.lake.delta.DeltaCommit;
import dev.penstock.lake.delta.DeltaCommit.Change;
import dev.penstock.lake.delta.DeltaLog;
import dev.penstock.lake.delta.DeltaSchema;
import dev.penstock.lake.internal.Ancestry;
import dev.penstock.lake.internal.DeltaFiles;
import dev.penstock.lake.internal.DeltaFiles.Wanted;
import dev.penstock.lake.internal.IcebergSchemas;
import dev.penstock.lake.internal.PlannedFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * A table's published rows as a Delta table in a folder of its own, for engines that read those.
 *
 * <p>A data file's name says what is in it: the file of ours that it is a copy of, what was deleted
 * in that, and the columns if it had to be written anew. So the next version is the difference of
 * two sets of names, and a publication that a crash cut short is finished by the next one. What
 * came between two publications is published in steps, so that rows that were appended are told
 * from files that were only written together.
 */
public final class DeltaPublication {
  private final LakeTable table;
  private final Path folder;

  private DeltaPublication(LakeTable table, Path folder) {
    this.table = table;
    this.folder = folder;
  }

  public static DeltaPublication of(LakeTable table, Path folder) {
    return new DeltaPublication(table, folder.toAbsolutePath().normalize());
  }

  /**
   * What a publication came to.
   *
   * @param version the Delta table's version now
   * @param commits the versions made; none when everything was published already
   */
  public record Published(long version, List<Commit> commits) {
    public Published {
      commits = List.copyOf(commits);
    }
  }

  /**
   * One version made.
   *
   * @param snapshot of our table that it has the rows of
   * @param rows in the files added
   */
  public record Commit(
      long version, OptionalLong snapshot, Change change, int added, int removed, long rows) {}

  /**
   * Makes the Delta table what is published of ours. Done twice, it does nothing the second time.
   *
   * @param nowMicros goes into the log
   * @throws PenstockException {@code UNSUPPORTED} if the folder has another Delta table, or others
   *     wrote to this one; {@code CONFLICT_RETRY} if somebody else published it at the same time
   */
  public Published publish(long nowMicros) {
    Table now = table.fresh();
    Schema columns = IcebergSchemas.of(now.schema());
    FieldIds ids = IcebergSchemas.ids(now.schema(), columns.names());
    DeltaSchema schema = new DeltaSchema(columns, ids.columns());
    DeltaLog log = DeltaLog.of(folder, now.uuid().toString());
    DeltaFiles files = new DeltaFiles(now, folder);
    List<Commit> commits = new ArrayList<>();
    List<Step> steps = steps(now, log);
    List<Reading> kept = steps.stream().map(step -> table.reading(step.snapshot())).toList();
    try {
      for (Step step : steps) {
        DeltaCommit commit = commit(now, log, files, step);
        if (!commit.added().isEmpty() || !commit.removed().isEmpty() || !log.has(schema)) {
          log = log.commit(commit, schema, nowMicros);
          commits.add(
              new Commit(
                  log.version(),
                  commit.snapshot(),
                  commit.change(),
                  commit.added().size(),
                  commit.removed().size(),
                  commit.rows()));
        }
      }
    } finally {
      kept.forEach(Reading::close);
    }
    return new Published(log.version(), commits);
  }

  /** A state to be published. */
  private record Step(@Nullable Snapshot snapshot, Change change) {}

  /** From what was published last, if it is still in the table's past, to what is published now. */
  private static List<Step> steps(Table now, DeltaLog log) {
    Snapshot head = Ancestry.head(now, LakeTable.MAIN);
    if (head == null) {
      return List.of(new Step(null, Change.ROWS));
    }
    List<Snapshot> since = new ArrayList<>();
    boolean reached = false;
    for (Snapshot snapshot : SnapshotUtil.ancestorsOf(head.snapshotId(), now::snapshot)) {
      reached = log.published().equals(OptionalLong.of(snapshot.snapshotId()));
      since.add(0, snapshot);
      if (reached) {
        break;
      }
    }
    if (!reached) {
      return List.of(new Step(head, Change.ROWS));
    }
    List<Step> steps = new ArrayList<>();
    // First what was published already: its columns may be others now.
    steps.add(new Step(since.get(0), Change.FILES));
    for (int i = 1; i < since.size(); i++) {
      boolean last = i == since.size() - 1;
      if (last || !isOfOneKind(since.get(i), since.get(i + 1))) {
        steps.add(
            new Step(since.get(i), Ancestry.isRewrite(since.get(i)) ? Change.FILES : Change.ROWS));
      }
    }
    return steps;
  }

  private static boolean isOfOneKind(Snapshot one, Snapshot next) {
    return Ancestry.isRewrite(one) == Ancestry.isRewrite(next) && isAppend(one) == isAppend(next);
  }

  private static boolean isAppend(Snapshot snapshot) {
    return DataOperations.APPEND.equals(snapshot.operation());
  }

  private DeltaCommit commit(Table now, DeltaLog log, DeltaFiles files, Step step) {
    Snapshot snapshot = step.snapshot();
    List<Wanted> wanted =
        snapshot == null ? List.of() : files.wanted(PlannedFiles.measured(now, snapshot));
    Set<String> gone = new HashSet<>(log.files());
    List<DeltaCommit.Added> added = new ArrayList<>();
    for (Wanted file : wanted) {
      if (!gone.remove(file.name())) {
        files.write(file).ifPresent(added::add);
      }
    }
    files.sync();
    return new DeltaCommit(
        snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId()),
        about(snapshot),
        step.change(),
        added,
        gone.stream().sorted().toList());
  }

  private String about(@Nullable Snapshot snapshot) {
    ObjectNode about = JsonNodeFactory.instance.objectNode().put("penstock.table", table.name());
    if (snapshot != null) {
      about.put("penstock.snapshot", snapshot.snapshotId());
      about.put("penstock.committed", Instant.ofEpochMilli(snapshot.timestampMillis()).toString());
    }
    return about.toString();
  }
}
