package dev.penstock.source.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.LongColumn;
import dev.penstock.source.ChangeFeed;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.RawRows;
import dev.penstock.source.SeenTime;
import dev.penstock.source.SourceSpec;
import org.jspecify.annotations.Nullable;

/** What each raw row does to the row of its primary key. */
public final class Operations {
  private final ChangeFeed feed;
  private final @Nullable Column operations;
  private final boolean[] deletes;

  public Operations(ChangeFeed feed, RawRows raw) {
    this.feed = feed;
    int column = feed.operation() == null ? -1 : raw.rows().schema().indexOf(feed.operation());
    this.operations = column < 0 ? null : raw.rows().column(column);
    this.deletes = feed.deletions(raw.rows());
  }

  /** The rows that only take one away: of these no column but the key's matters. */
  public boolean[] deletes() {
    return deletes;
  }

  private String operation(int row) {
    return operations == null ? "" : String.valueOf(operations.value(row));
  }

  /** Refuses rows that do nothing that is known, or to no key. */
  public void judge(Batch declared, Verdicts verdicts) {
    for (int row = 0; row < deletes.length; row++) {
      String operation = operation(row);
      if (feed.operation() != null && !deletes[row] && !feed.puts().contains(operation)) {
        verdicts.refuseAny(
            row,
            QuarantineReason.UNKNOWN_OPERATION,
            feed.operation(),
            () -> feed.operation() + " is '" + operation + "', which is none of the source's");
      }
      for (String column : feed.primaryKey()) {
        if (declared.column(column).isNull(row)) {
          verdicts.refuseAny(
              row,
              QuarantineReason.NULL_PRIMARY_KEY,
              column,
              () -> column + " is null, but is of the primary key");
        }
      }
    }
  }

  /** Refuses deletions of history that do not say when they became known. */
  public void judgeTimes(SourceSpec source, Batch rows, LongColumn eventTime, Verdicts verdicts) {
    for (int row = 0; row < deletes.length; row++) {
      if (deletes[row]
          && source.seenTime() instanceof SeenTime.Arrival arrival
          && rows.column(arrival.column()).isNull(row)) {
        verdicts.refuseAny(
            row,
            QuarantineReason.NULL_SEEN_TIME,
            arrival.column(),
            () -> arrival.column() + " is null, but says when the row became known");
      } else if (deletes[row]
          && source.seenTime() instanceof SeenTime.Lag
          && eventTime.isNull(row)) {
        verdicts.refuseAny(
            row,
            QuarantineReason.NULL_EVENT_TIME,
            "event_time",
            () -> "event_time is null, but says when a deletion of history became known");
      }
    }
  }
}
