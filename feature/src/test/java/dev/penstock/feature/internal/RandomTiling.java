package dev.penstock.feature.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Grids that no one would choose. */
final class RandomTiling {
  private static final long[] FINEST = {
    13, 1_000, RandomView.SECOND, RandomView.MINUTE, 7 * RandomView.MINUTE, RandomView.HOUR
  };

  private RandomTiling() {}

  static Tiling next(SplittableRandom random) {
    List<Long> widths = new ArrayList<>();
    long width = FINEST[random.nextInt(FINEST.length)];
    int levels = 1 + random.nextInt(4);
    for (int level = 0; level < levels; level++) {
      widths.add(width);
      width *= 1 + random.nextInt(30);
    }
    return new Tiling(widths);
  }
}
