package dev.penstock.offline;

import java.util.List;

/**
 * Why an answer differs from its replay, and the rows that make the difference.
 *
 * @param rows the rows named, first those that matter most; at most {@link #MOST_ROWS}
 */
public record Explanation(Cause cause, String sentence, List<NamedRow> rows) {
  public static final int MOST_ROWS = 20;

  public Explanation {
    rows = List.copyOf(rows.subList(0, Math.min(rows.size(), MOST_ROWS)));
  }

  /** What kind of thing went wrong. */
  public enum Cause {
    /** The answer is that of an earlier position than the one it logged: rows not yet applied. */
    READ_TOO_EARLY,
    /** The answer is that of a later position than the one it logged. */
    POSITION_TOO_LOW,
    /** Rows of one moment were taken in another order than that of their positions. */
    TIE,
    /** A visible row, or a retraction, is missing from the answer. */
    ROW_LOST,
    /** A visible row, or a retraction, counts twice in the answer. */
    ROW_TWICE,
    /** A row at the edge of a window counts in one window and not in another as it should. */
    WINDOW_EDGE,
    /** Served under another definition than the one replayed. */
    VERSION,
    /** The state did not reach back far enough, or rows from before the retention count. */
    RETENTION,
    /** None of the above gives the answer. */
    UNEXPLAINED
  }

  /** A row by its place in the log and its times. */
  public record NamedRow(String id, int partition, long offset, long eventTime, long seenTime) {}
}
