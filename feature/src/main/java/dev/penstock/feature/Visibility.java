package dev.penstock.feature;

import dev.penstock.data.Positions;
import java.util.List;

/** Which rows a query at {@code q} may know of, besides {@code event_time < q}. */
public sealed interface Visibility {
  /** Rows with {@code seen_time < q}: what serving could have known. */
  record AsSeen() implements Visibility {}

  /** All rows: what had happened, known or not. */
  record AsHappened() implements Visibility {}

  /**
   * Rows below the positions a query logged, whatever their seen time.
   *
   * @param perQuery one for each query, in the queries' order
   */
  record ByPosition(List<Positions> perQuery) implements Visibility {
    public ByPosition {
      perQuery = List.copyOf(perQuery);
    }
  }

  Visibility AS_SEEN = new AsSeen();
  Visibility AS_HAPPENED = new AsHappened();
}
