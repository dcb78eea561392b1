package dev.penstock.lake.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;

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

  /** A group that is some targets large is enough for one rewrite. */
  private static final int TARGETS = 4;

  private final long targetBytes;
  private final int least;
  private final List<List<DataFile>> groups = new ArrayList<>();
  private List<List<DataFile>> group = new ArrayList<>();
  private long bytes;
  private int files;

  private SmallFiles(long targetBytes, int least) {
    this.targetBytes = targetBytes;
    this.least = least;
  }

  /**
   * The groups of {@code least} files or more, the newest first.
   *
   * @param sorted as {@link PlannedFiles#AS_WRITTEN}
   */
  public static List<List<DataFile>> groups(List<DataFile> sorted, long targetBytes, int least) {
    SmallFiles small = new SmallFiles(targetBytes, least);
    for (int end = sorted.size(); end > 0; ) {
      int start = end - 1;
      while (start > 0
          && PlannedFiles.commit(sorted.get(start - 1))
              == PlannedFiles.commit(sorted.get(end - 1))) {
        start--;
      }
      small.add(sorted.subList(start, end));
      end = start;
    }
    small.close();
    return small.groups;
  }

  public static long bytes(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
  }

  private void add(List<DataFile> commit) {
    long size = bytes(commit);
    boolean large = commit.stream().anyMatch(file -> file.fileSizeInBytes() >= LARGE * targetBytes);
    if (large || (files > 0 && size > RATIO * bytes) || bytes + size > TARGETS * targetBytes) {
      close();
    }
    if (!large) {
      group.add(0, commit);
      bytes += size;
      files += commit.size();
    }
  }

  private void close() {
    if (files >= least) {
      groups.add(group.stream().flatMap(List::stream).toList());
    }
    group = new ArrayList<>();
    bytes = 0;
    files = 0;
  }
}
