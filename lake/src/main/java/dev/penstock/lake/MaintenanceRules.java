package dev.penstock.lake;

import java.time.Duration;

/**
 * What maintenance may do.
 *
 * @param targetFileBytes about how large a data file should be
 * @param leastFiles how many small files are worth being written together
 * @param snapshotAge a state that was published within this time stays readable
 * @param snapshots so many of the newest published snapshots stay, however old
 * @param orphanAge a file that nothing refers to stays for as long after it was last written to
 */
public record MaintenanceRules(
    long targetFileBytes, int leastFiles, Duration snapshotAge, int snapshots, Duration orphanAge) {
  public static final MaintenanceRules DEFAULT =
      new MaintenanceRules(256L << 20, 8, Duration.ofHours(6), 10, Duration.ofHours(72));

  public MaintenanceRules {
    if (targetFileBytes < 1
        || leastFiles < 2
        || snapshotAge.isNegative()
        || snapshots < 1
        || orphanAge.isNegative()) {
      throw new IllegalArgumentException(
          targetFileBytes + ", " + leastFiles + ", " + snapshotAge + ", " + snapshots);
    }
  }

  /** The same with other ages and numbers of snapshots. */
  public MaintenanceRules keeping(Duration age, int newest) {
    return new MaintenanceRules(targetFileBytes, leastFiles, age, newest, orphanAge);
  }
}
