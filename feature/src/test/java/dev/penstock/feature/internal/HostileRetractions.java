package dev.penstock.feature.internal;

import java.util.List;
import java.util.function.Predicate;

/** Counts what retractions do to a log, its batches and its questions. */
final class HostileRetractions {
  private HostileRetractions() {}

  static void log(HostileCount count, List<InputRow> rows, List<Simulation.Query> queries) {
    for (int place = 0; place < rows.size(); place++) {
      InputRow retraction = rows.get(place);
      InputRow row = retraction.retracts();
      if (row == null) {
        continue;
      }
      count.met(Hostile.RETRACTED);
      count.met(Hostile.RETRACTED_AS_SOON_AS_SEEN, retraction.seenTime() == row.seenTime());
      count.met(
          Hostile.RETRACTED_FROM_ANOTHER_PARTITION, retraction.partition() != row.partition());
      InputRow next = place + 1 < rows.size() ? rows.get(place + 1) : null;
      boolean replaced = next != null && next.retracts() == null;
      boolean same = replaced && next.values().equals(row.values());
      count.met(Hostile.RETRACTED_AND_PUT_BACK, same && next.eventTime() == row.eventTime());
      count.met(
          Hostile.UPDATED,
          replaced && !same && next.values().subList(0, 2).equals(row.values().subList(0, 2)));
      for (Simulation.Query query : queries) {
        count.met(
            Hostile.QUERY_AFTER_ROW_BEFORE_RETRACTION,
            row.eventTime() < query.q()
                && row.seenTime() < query.q()
                && retraction.seenTime() >= query.q());
      }
    }
  }

  static void batch(HostileCount count, List<InputRow> batch) {
    for (InputRow row : batch) {
      boolean same = batch.stream().anyMatch(row::isRetractionOf);
      count.met(Hostile.RETRACTED_IN_THE_SAME_BATCH, same);
      count.met(Hostile.RETRACTED_IN_A_LATER_BATCH, row.retracts() != null && !same);
    }
  }

  static void positions(HostileCount count, List<InputRow> rows, Predicate<InputRow> visible) {
    for (InputRow row : rows) {
      count.met(
          Hostile.RETRACTION_BEFORE_ITS_ROW_BY_POSITION,
          row.retracts() != null && visible.test(row) && !visible.test(row.retracts()));
    }
  }
}
