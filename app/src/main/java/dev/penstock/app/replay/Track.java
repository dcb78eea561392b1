package dev.penstock.app.replay;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.platform.command.ReplayRows;
import org.jspecify.annotations.Nullable;

/** One source on its way to the server: its rows by seen time, and how far it has come. */
final class Track {
  private static final int MOST_ROWS_PER_REQUEST = 20_000;

  private final String source;
  private final Batch rows;
  private final long[] seenTimes;
  private Positions position;
  private int next;

  /** The body of the push of rows [next, preparedTo), if it was written before its time. */
  private byte @Nullable [] prepared;

  private int preparedTo;
  private long pushed;
  private long accepted;
  private long duplicates;
  private long quarantined;
  private long requests;

  /**
   * A source's rows.
   *
   * @param position how far the source reaches on the server
   */
  Track(ReplayRows rows, Positions position) {
    this.source = rows.source();
    this.rows = rows.rows();
    this.seenTimes = Replay.seenTimes(rows.rows());
    for (int row = 1; row < seenTimes.length; row++) {
      if (seenTimes[row] < seenTimes[row - 1]) {
        throw new IllegalArgumentException(source + " goes back at row " + row);
      }
    }
    this.position = position;
  }

  /** Leaves out the rows known before this moment: they are there. */
  void startAt(long moment) {
    next = firstAtOrAfter(seenTimes, moment);
  }

  int left() {
    return seenTimes.length - next;
  }

  Positions position() {
    return position;
  }

  /** Writes the first request of {@link #pushUntil} for this moment; sends nothing. */
  synchronized void prepareUntil(long moment) {
    preparedTo = endOfRequest(moment);
    prepared = next < preparedTo ? ReplayClient.body(rows, next, preparedTo) : null;
  }

  /** Where the next request ends. */
  private int endOfRequest(long moment) {
    int end = moment == Long.MAX_VALUE ? rows.rows() : firstAtOrAfter(seenTimes, moment);
    return Math.min(end, next + MOST_ROWS_PER_REQUEST);
  }

  synchronized void pushUntil(long moment, ReplayClient server) {
    for (int to = endOfRequest(moment); next < to; to = endOfRequest(moment)) {
      byte[] body = prepared;
      if (body == null || preparedTo != to) {
        body = ReplayClient.body(rows, next, to);
      }
      prepared = null;
      ReplayClient.Pushed receipt = server.push(source, body);
      pushed += to - next;
      accepted += receipt.accepted();
      duplicates += receipt.duplicates();
      quarantined += receipt.quarantined();
      position = receipt.position();
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

  long[] seenTimes() {
    return seenTimes;
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
