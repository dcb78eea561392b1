package dev.penstock.feature.internal;

import java.util.Arrays;

/** By row of a history, the retraction that takes it back: when it was seen, and its position. */
final class Ends {
  /** In place of a seen time and an offset, where a row stays. */
  static final long NEVER = Long.MAX_VALUE;

  final long[] seenTimes;
  final int[] partitions;
  final long[] offsets;

  Ends(int rows) {
    seenTimes = new long[rows];
    partitions = new int[rows];
    offsets = new long[rows];
    Arrays.fill(seenTimes, NEVER);
    Arrays.fill(offsets, NEVER);
  }

  /**
   * Notes the retractions of a part.
   *
   * @param base the number of its first arrival
   */
  void copy(BatchRows part, Arrivals arrivals, int base) {
    Retractions retractions = part.retractions;
    for (int row = 0; retractions != null && row < part.size; row++) {
      int retracted = arrivals.retracted(base + row);
      if (retracted != KeyTable.NONE) {
        seenTimes[retracted] = part.seenTimes[row];
        partitions[retracted] = retractions.partitions[row];
        offsets[retracted] = retractions.offsets[row];
      }
    }
  }
}
