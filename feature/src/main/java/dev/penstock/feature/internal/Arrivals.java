package dev.penstock.feature.internal;

import java.util.Arrays;

/**
 * The rows of a history as they came, to find the place of each in the order. A retraction has the
 * key, event time and position of its row, and so comes next to it.
 */
final class Arrivals {
  private final int[] keys;
  private final long[] eventTimes;
  private final int[] partitions;
  private final long[] offsets;

  /** Which are retractions, and then of which place; empty where none is. */
  private boolean[] retractions = {};

  private int[] retracted = {};

  Arrivals(Iterable<BatchRows> parts, int size) {
    keys = new int[size];
    eventTimes = new long[size];
    partitions = new int[size];
    offsets = new long[size];
    int base = 0;
    for (BatchRows part : parts) {
      System.arraycopy(part.keys, 0, keys, base, part.size);
      System.arraycopy(part.eventTimes, 0, eventTimes, base, part.size);
      System.arraycopy(part.partitions, 0, partitions, base, part.size);
      System.arraycopy(part.offsets, 0, offsets, base, part.size);
      if (part.retractions != null) {
        retractions = retractions.length == 0 ? new boolean[size] : retractions;
        System.arraycopy(part.retractions.is, 0, retractions, base, part.size);
      }
      base += part.size;
    }
  }

  /**
   * Each arrival's place, {@link KeyTable#NONE} for those of no key and for retractions; fills in
   * where each key starts.
   */
  int[] places(int[] starts) {
    int[] order = Grouping.byKey(keys, starts);
    for (int key = 0; key + 1 < starts.length; key++) {
      IndexSort.sort(order, starts[key], starts[key + 1], this::isBefore);
    }
    int[] places = keys;
    Arrays.fill(places, KeyTable.NONE);
    if (retractions.length > 0) {
      placeWithoutRetractions(order, starts, places);
      return places;
    }
    for (int place = 0; place < order.length; place++) {
      places[order[place]] = place;
    }
    return places;
  }

  private void placeWithoutRetractions(int[] order, int[] starts, int[] places) {
    retracted = new int[places.length];
    Arrays.fill(retracted, KeyTable.NONE);
    int place = 0;
    int from = 0;
    for (int key = 0; key + 1 < starts.length; key++) {
      int to = starts[key + 1];
      starts[key] = place;
      for (int i = from; i < to; i++) {
        int arrival = order[i];
        if (!retractions[arrival]) {
          places[arrival] = place++;
        } else if (i > from && isOf(arrival, order[i - 1])) {
          retracted[arrival] = place - 1;
        }
      }
      from = to;
    }
    starts[starts.length - 1] = place;
  }

  /** Whether a retraction is that of a row. */
  private boolean isOf(int retraction, int row) {
    return !retractions[row]
        && eventTimes[retraction] == eventTimes[row]
        && partitions[retraction] == partitions[row]
        && offsets[retraction] == offsets[row];
  }

  /** The place of the row that an arrival takes back, {@link KeyTable#NONE} where it does not. */
  int retracted(int arrival) {
    return retracted[arrival];
  }

  private boolean isBefore(int b, int a) {
    if (eventTimes[b] != eventTimes[a]) {
      return eventTimes[b] < eventTimes[a];
    } else if (partitions[b] != partitions[a]) {
      return partitions[b] < partitions[a];
    } else if (offsets[b] != offsets[a]) {
      return offsets[b] < offsets[a];
    }
    return retractions.length > 0 && !retractions[b] && retractions[a];
  }
}
