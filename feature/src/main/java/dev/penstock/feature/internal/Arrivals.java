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
    int[] places = Grouping.places(keys, starts);
    boolean[] unsorted = unsorted(starts.length - 1);
    int[] order = new int[starts[starts.length - 1]];
    for (int arrival = 0; arrival < places.length; arrival++) {
      if (places[arrival] >= 0 && unsorted[keys[arrival]]) {
        order[places[arrival]] = arrival;
      }
    }
    for (int key = 0; key < unsorted.length; key++) {
      if (unsorted[key]) {
        IndexSort.sort(order, starts[key], starts[key + 1], this::isBefore);
        for (int place = starts[key]; place < starts[key + 1]; place++) {
          places[order[place]] = place;
        }
      }
    }
    if (retractions.length > 0) {
      Arrays.fill(places, KeyTable.NONE);
      placeWithoutRetractions(order, starts, places);
    }
    return places;
  }

  /**
   * The keys whose rows may not have come in order, found in one pass: those with an event time not
   * after the one before. All of them where there are retractions, whose rows must be found.
   */
  private boolean[] unsorted(int count) {
    boolean[] unsorted = new boolean[count];
    if (retractions.length > 0) {
      Arrays.fill(unsorted, true);
      return unsorted;
    }
    long[] last = new long[count];
    Arrays.fill(last, Long.MIN_VALUE);
    for (int arrival = 0; arrival < keys.length; arrival++) {
      int key = keys[arrival];
      if (key >= 0) {
        unsorted[key] |= eventTimes[arrival] <= last[key];
        last[key] = eventTimes[arrival];
      }
    }
    return unsorted;
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
