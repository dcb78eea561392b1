package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.internal.Ancestry;
import dev.penstock.lake.internal.Failures;
import dev.penstock.lake.internal.FileRows;
import dev.penstock.lake.internal.PlannedFiles;
import dev.penstock.lake.internal.PlannedFiles.Planned;
import dev.penstock.lake.internal.SmallFiles;
import dev.penstock.lake.internal.WrittenFiles;
import java.util.List;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Writes small files of a table together, and the manifests that list them. Rows, their order and
 * all that snapshots remember stay: the new files take the place of the old ones in the order of
 * commits, and a snapshot that came of it names the one whose rows it has.
 */
final class Compaction {
  /** Manifests smaller than this are written together when there are many. */
  private static final long MANIFEST_BYTES = 8L << 20;

  private static final int MANY_MANIFESTS = 16;

  private final LakeTable table;
  private final MaintenanceRules rules;

  Compaction(LakeTable table, MaintenanceRules rules) {
    this.table = table;
    this.rules = rules;
  }

  /** How many data files the published rows are in. */
  static long files(LakeTable table) {
    Table now = table.fresh();
    Snapshot head = Ancestry.head(now, LakeTable.MAIN);
    if (head == null) {
      return 0;
    }
    return head.dataManifests(now.io()).stream()
        .mapToLong(
            manifest ->
                (manifest.addedFilesCount() == null ? 0 : manifest.addedFilesCount())
                    + (manifest.existingFilesCount() == null ? 0 : manifest.existingFilesCount()))
        .sum();
  }

  /** How many fewer files a run would leave, by their sizes as they are. */
  long planned() {
    long fewer = 0;
    Table now = table.fresh();
    Snapshot head = Ancestry.head(now, LakeTable.MAIN);
    if (head == null) {
      return fewer;
    }
    for (List<Planned> group : groups(now, head)) {
      fewer += group.size() - Math.max(1, SmallFiles.bytes(group) / rules.targetFileBytes());
    }
    return fewer;
  }

  /**
   * Rewrites what is worth it, a commit for each group of files.
   *
   * @throws PenstockException {@code CONFLICT_RETRY} if rows of a group were deleted since the
   *     groups were chosen
   */
  void run() {
    Table now = table.fresh();
    Snapshot head = Ancestry.head(now, LakeTable.MAIN);
    if (head == null) {
      return;
    }
    for (List<Planned> group : groups(now, head)) {
      rewrite(group, head);
    }
    rewriteManifests();
  }

  private List<List<Planned>> groups(Table now, Snapshot head) {
    return SmallFiles.groups(
        PlannedFiles.of(now, head), rules.targetFileBytes(), rules.leastFiles());
  }

  /** Rewrites a group as it was at {@code planned}: what was deleted since is not in its plan. */
  private void rewrite(List<Planned> group, Snapshot planned) {
    Table before = table.fresh();
    WrittenFiles files = table.newFiles();
    try (BatchReader rows = FileRows.all(before, group)) {
      files.write(rows, rules.targetFileBytes());
    }
    long most =
        group.stream().mapToLong(file -> file.file().recordCount() - file.deletedRows()).sum();
    boolean byValue = group.stream().anyMatch(Planned::hasDeletesByValue);
    if (files.rows() > most || (files.rows() < most && !byValue)) {
      files.discard();
      throw new PenstockException(
          ErrorCode.INTERNAL,
          "files of '" + table.name() + "' gave " + files.rows() + " rows instead of " + most,
          "nothing was changed");
    }
    synchronized (table) {
      Table now = table.fresh();
      Snapshot head = Ancestry.head(now, LakeTable.MAIN);
      RewriteFiles rewrite = now.newRewrite().validateFromSnapshot(planned.snapshotId());
      group.forEach(old -> rewrite.deleteFile(old.file()));
      group.stream()
          .flatMap(old -> old.deletes().stream())
          .filter(delete -> delete.referencedDataFile() != null)
          .forEach(rewrite::deleteFile);
      files.files().forEach(rewrite::addFile);
      rewrite.dataSequenceNumber(PlannedFiles.commit(group.get(group.size() - 1).file()));
      Ancestry.rememberRows(rewrite, now, head == null ? planned : head);
      try {
        Failures.committing(table.name(), rewrite::commit);
        files.settle();
      } catch (PenstockException e) {
        if (e.code() == ErrorCode.CONFLICT_RETRY) {
          files.discard();
        }
        throw e;
      }
    }
  }

  private void rewriteManifests() {
    synchronized (table) {
      Table now = table.fresh();
      Snapshot head = Ancestry.head(now, LakeTable.MAIN);
      if (head == null) {
        return;
      }
      long small = head.dataManifests(now.io()).stream().filter(Compaction::isSmall).count();
      if (small >= MANY_MANIFESTS) {
        RewriteManifests rewrite =
            now.rewriteManifests().clusterBy(file -> "").rewriteIf(Compaction::isSmall);
        Ancestry.rememberRows(rewrite, now, head);
        Failures.committing(table.name(), rewrite::commit);
      }
    }
  }

  private static boolean isSmall(ManifestFile manifest) {
    return manifest.length() < MANIFEST_BYTES;
  }
}
