package dev.penstock.feature.internal;

/** Groups rows by key with a counting sort. */
final class Grouping {
  private Grouping() {}

  /**
   * The rows of each key together, in the order they came within it; rows of no key are left out.
   *
   * @param starts one longer than there are keys; filled so that key k has [starts[k], starts[k+1])
   */
  static int[] byKey(int[] keys, int[] starts) {
    count(keys, starts);
    int[] order = new int[starts[starts.length - 1]];
    int[] next = starts.clone();
    for (int row = 0; row < keys.length; row++) {
      if (keys[row] >= 0) {
        order[next[keys[row]]++] = row;
      }
    }
    return order;
  }

  /** By row its place in that order, {@link KeyTable#NONE} for a row of no key. */
  static int[] places(int[] keys, int[] starts) {
    count(keys, starts);
    int[] places = new int[keys.length];
    int[] next = starts.clone();
    for (int row = 0; row < keys.length; row++) {
      places[row] = keys[row] >= 0 ? next[keys[row]]++ : KeyTable.NONE;
    }
    return places;
  }

  private static void count(int[] keys, int[] starts) {
    for (int key : keys) {
      if (key >= 0) {
        starts[key + 1]++;
      }
    }
    for (int key = 1; key < starts.length; key++) {
      starts[key] += starts[key - 1];
    }
  }
}
