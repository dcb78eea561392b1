package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What retractions do to a log, its batches and its questions. */
final class HostileRetractions {
  private HostileRetractions() {}

  static void log(HostileRun met, Case of) {
    List<InputRow> rows = of.rows();
    NaiveTwin twin = new NaiveTwin(of.view());
    List<InputRow> standing = new ArrayList<>();
    for (int place = 0; place < rows.size(); place++) {
      InputRow retraction = rows.get(place);
      InputRow row = retraction.retracts();
      if (row == null) {
        standing.add(retraction);
        continue;
      }
      met.met(Hostile.RETRACTED);
      met.met(Hostile.RETRACTED_AS_SOON_AS_SEEN, retraction.seenTime() == row.seenTime());
      met.met(Hostile.RETRACTED_FROM_ANOTHER_PARTITION, retraction.partition() != row.partition());
      InputRow next = place + 1 < rows.size() ? rows.get(place + 1) : null;
      boolean replaced = next != null && next.retracts() == null;
      boolean same = replaced && next.values().equals(row.values());
      met.met(Hostile.RETRACTED_AND_PUT_BACK, same && next.eventTime() == row.eventTime());
      met.met(
          Hostile.UPDATED,
          replaced && !same && next.values().subList(0, 2).equals(row.values().subList(0, 2)));
      for (Case.Query query : of.queries()) {
        met.met(
            Hostile.QUERY_AFTER_ROW_BEFORE_RETRACTION,
            row.eventTime() < query.q()
                && row.seenTime() < query.q()
                && retraction.seenTime() >= query.q());
      }
      standing.removeIf(retraction::isRetractionOf);
      List<InputRow> ofKey =
          standing.stream().filter(other -> twin.keyOf(other).equals(twin.keyOf(row))).toList();
      met.met(Hostile.RETRACTED_ALL_OF_A_KEY, ofKey.isEmpty());
      of.view().features().stream()
          .map(Feature::aggregate)
          .forEach(aggregate -> extreme(met, aggregate, row, ofKey));
    }
  }

  /** Whether the row was beyond all that are left, for an aggregate that says the extreme. */
  private static void extreme(
      HostileRun met, Aggregate aggregate, InputRow row, List<InputRow> left) {
    boolean greatest = aggregate.function() == AggregateFunction.MAX;
    if (!greatest && aggregate.function() != AggregateFunction.MIN) {
      return;
    }
    Object value = NaiveTwin.evaluate(aggregate.arguments().get(0), row);
    List<Integer> sides =
        left.stream()
            .map(other -> NaiveTwin.evaluate(aggregate.arguments().get(0), other))
            .filter(other -> other != null && value != null)
            .map(other -> Integer.signum(NaiveAggregate.compare(value, other)))
            .distinct()
            .toList();
    met.met(
        greatest ? Hostile.RETRACTED_THE_GREATEST : Hostile.RETRACTED_THE_LEAST,
        sides.equals(List.of(greatest ? 1 : -1)));
  }

  static void batch(HostileRun met, List<InputRow> batch) {
    for (InputRow row : batch) {
      if (row.retracts() != null) {
        boolean same = batch.stream().anyMatch(row::isRetractionOf);
        met.met(same ? Hostile.RETRACTED_IN_THE_SAME_BATCH : Hostile.RETRACTED_IN_A_LATER_BATCH);
      }
    }
  }

  static void positions(HostileRun met, List<InputRow> rows, Predicate<InputRow> visible) {
    for (InputRow row : rows) {
      met.met(
          Hostile.RETRACTION_BEFORE_ITS_ROW_BY_POSITION,
          row.retracts() != null && visible.test(row) && !visible.test(row.retracts()));
    }
  }
}
