package dev.penstock.app.replay;

import dev.penstock.data.Batch;
import dev.penstock.platform.command.ReplayRows;
import org.jspecify.annotations.Nullable;

/** One source on its way to the server: its rows by seen time, and how far it has come. */
final class Track {
  private static final int MOST_ROWS_PER_REQUEST = 20_000;

  private final String source;
  private final Batch rows;
  private final long[] seenTimes;
  private final long standing;
  private int next;
  private long pushed;
  private long accepted;
  private long duplicates;
  private long quarantined;
  private long requests;

  /**
   * @param standing when the source's newest row on the server became known; earlier rows are there
   */
  Track(ReplayRows rows, @Nullable Long standing) {
    this.source = rows.source();
    this.rows = rows.rows();
    this.seenTimes = Replay.seenTimes(rows.rows());
    for (int row = 1; row < seenTimes.length; row++) {
      if (seenTimes[row] < seenTimes[row - 1]) {
        throw new IllegalArgumentException(source + " goes back at row " + row);
      }
    }
    this.standing = standing == null ? Long.MIN_VALUE : standing;
    this.next = firstAtOrAfter(seenTimes, this.standing);
  }

  void pushUntil(long moment, ReplayClient server) {
    int end = moment == Long.MAX_VALUE ? rows.rows() : firstAtOrAfter(seenTimes, moment);
    while (next < end) {
      int to = Math.min(end, next + MOST_ROWS_PER_REQUEST);
      ReplayClient.Pushed receipt = server.push(source, rows, next, to);
      pushed += to - next;
      accepted += receipt.accepted();
      duplicates += receipt.duplicates();
      quarantined += receipt.quarantined();
      requests++;
      next = to;
    }
  }

  Batch rowsAt(long moment) {
    return rows.slice(firstAtOrAfter(seenTimes, moment), firstAtOrAfter(seenTimes, moment + 1));
  }

  /** The first index whose time is not before the moment; the times are in order. */
  static int firstAtOrAfter(long[] times, long moment) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < moment) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  String source() {
    return source;
  }

  Batch rows() {
    return rows;
  }

  long[] seenTimes() {
    return seenTimes;
  }

  long standing() {
    return standing;
  }

  long pushed() {
    return pushed;
  }

  long accepted() {
    return accepted;
  }

  long duplicates() {
    return duplicates;
  }

  long quarantined() {
    return quarantined;
  }

  long requests() {
    return requests;
  }
}
