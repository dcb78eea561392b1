package dev.penstock.lake.internal;

import dev.penstock.lake.internal.PlannedFiles.Planned;
import java.util.ArrayList;
import java.util.List;

/**
 * Which files to write together. Groups are neighbours in the order in which rows are read, so that
 * it stays, and files of one commit stay in one group. From the newest file back, a group takes in
 * an older commit while that is not much larger than the group: so a row is written again a
 * logarithmic number of times, and the files that stay are logarithmic in number too (the tiers of
 * a log-structured merge tree).
 */
public final class SmallFiles {
  /** A commit with a file of this share of the target stays as it is. */
  private static final double LARGE = 0.75;

  /** How many times larger than a group the next older commit may be. */
  private static final int RATIO = 4;

  /** A file of which this share of rows is deleted is written again, however large, even alone. */
  private static final double DELETED = 0.1;

  /** A group that is some targets large is enough for one rewrite. */
  private static final int TARGETS = 4;

  private final long targetBytes;
  private final int least;
  private final List<List<Planned>> groups = new ArrayList<>();
  private List<List<Planned>> group = new ArrayList<>();
  private long bytes;
  private int files;
  private boolean hasDeletes;

  private SmallFiles(long targetBytes, int least) {
    this.targetBytes = targetBytes;
    this.least = least;
  }

  /**
   * The groups of {@code least} files or more, and those with many deleted rows, the newest first.
   *
   * @param sorted as {@link PlannedFiles#AS_WRITTEN}
   */
  public static List<List<Planned>> groups(List<Planned> sorted, long targetBytes, int least) {
    SmallFiles small = new SmallFiles(targetBytes, least);
    for (int end = sorted.size(); end > 0; ) {
      int start = end - 1;
      while (start > 0
          && PlannedFiles.commit(sorted.get(start - 1).file())
              == PlannedFiles.commit(sorted.get(end - 1).file())) {
        start--;
      }
      small.add(sorted.subList(start, end));
      end = start;
    }
    small.close();
    return small.groups;
  }

  public static long bytes(List<Planned> files) {
    return files.stream().mapToLong(planned -> planned.file().fileSizeInBytes()).sum();
  }

  private void add(List<Planned> commit) {
    long size = bytes(commit);
    boolean large =
        commit.stream()
            .anyMatch(planned -> planned.file().fileSizeInBytes() >= LARGE * targetBytes);
    boolean deletes = commit.stream().anyMatch(SmallFiles::isMuchDeleted);
    if (large || (files > 0 && size > RATIO * bytes) || bytes + size > TARGETS * targetBytes) {
      close();
    }
    if (!large || deletes) {
      group.add(0, commit);
      bytes += size;
      files += commit.size();
      hasDeletes |= deletes;
    }
    if (large) {
      close();
    }
  }

  private static boolean isMuchDeleted(Planned planned) {
    return planned.hasDeletesByValue()
        || planned.deletedRows() > DELETED * planned.file().recordCount();
  }

  private void close() {
    if (files >= least || hasDeletes) {
      groups.add(group.stream().flatMap(List::stream).toList());
    }
    group = new ArrayList<>();
    bytes = 0;
    files = 0;
    hasDeletes = false;
  }
}
