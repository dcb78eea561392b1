package dev.penstock.feature.internal;

import dev.penstock.feature.Window;

/**
 * A window that goes back from a moment until its rows say that it is enough. Event times are in
 * order, all of them before the moment.
 */
sealed interface RowsBack permits RowsBack.Session, RowsBack.LastRows {
  /** More rows have to be looked at. */
  int MORE = -1;

  /** How far back is a good guess. */
  long firstLook();

  /**
   * The number of the window's first row, given all rows with event time in [from, moment); {@code
   * size} if it has none, {@link #MORE} if earlier rows could change it.
   */
  int first(long[] eventTimes, int size, long from, long moment);

  /** The same, when there are no earlier rows. */
  int firstOfAll(long[] eventTimes, int size, long moment);

  static RowsBack of(Window window) {
    if (window instanceof Window.Session session) {
      return new Session(session.gap().micros());
    } else if (window instanceof Window.LastRows last) {
      return new LastRows(last.rows());
    }
    throw new IllegalArgumentException(window.text() + " has a start of its own");
  }

  /** The run of rows less than a gap apart. */
  record Session(long gap) implements RowsBack {
    /**
     * Whether two moments in order are less than the gap apart; their distance may have 64 bits.
     */
    static boolean isWithin(long gap, long earlier, long later) {
      return Long.compareUnsigned(later - earlier, gap) < 0;
    }

    @Override
    public long firstLook() {
      return gap > ViewPlan.UNBOUNDED / 2 ? ViewPlan.UNBOUNDED : 2 * gap;
    }

    @Override
    public int first(long[] eventTimes, int size, long from, long moment) {
      int first = firstOfAll(eventTimes, size, moment);
      long earliest = first == size ? moment : eventTimes[first];
      // An earlier row would have to be a gap away, and all that are less were looked at.
      return first > 0 || !isWithin(gap, from, earliest) ? first : MORE;
    }

    @Override
    public int firstOfAll(long[] eventTimes, int size, long moment) {
      int first = size;
      long later = moment;
      while (first > 0 && isWithin(gap, eventTimes[first - 1], later)) {
        first--;
        later = eventTimes[first];
      }
      return first;
    }
  }

  /** So many rows. */
  record LastRows(int rows) implements RowsBack {
    private static final long SECOND = 1_000_000L;

    @Override
    public long firstLook() {
      return SECOND;
    }

    @Override
    public int first(long[] eventTimes, int size, long from, long moment) {
      return size >= rows ? size - rows : MORE;
    }

    @Override
    public int firstOfAll(long[] eventTimes, int size, long moment) {
      return Math.max(0, size - rows);
    }
  }
}
