package dev.penstock.feature.internal;

import dev.penstock.feature.FeatureView;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random questions about a log, most of them at the edges of something. */
final class RandomQueries {
  private final SplittableRandom random;
  private final FeatureView view;
  private final List<InputRow> rows;
  private final HostileCount count;
  private final List<Simulation.Query> queries = new ArrayList<>();

  RandomQueries(
      SplittableRandom random, FeatureView view, List<InputRow> rows, HostileCount count) {
    this.random = random;
    this.view = view;
    this.rows = rows;
    this.count = count;
  }

  List<Simulation.Query> next(int size) {
    for (int i = 0; i < size; i++) {
      queries.add(new Simulation.Query(key(), moment()));
    }
    return queries;
  }

  private List<Object> key() {
    if (rows.isEmpty() || random.nextInt(15) == 0) {
      List<Object> key = new ArrayList<>();
      boolean none = random.nextBoolean();
      for (String column : view.keyColumns()) {
        key.add(none ? null : column.equals("name") ? (Object) "nobody" : (Object) 77L);
      }
      count.met(none ? Hostile.QUERY_OF_NULL_KEY : Hostile.QUERY_OF_UNKNOWN_KEY);
      return key;
    }
    return new NaiveTwin(view).keyOf(anyRow());
  }

  private long moment() {
    if (rows.isEmpty()) {
      return RandomLog.DAY_OF_TIME_CHANGE + random.nextInt(1000);
    }
    InputRow row = anyRow();
    long eventTime = row.eventTime() == Long.MIN_VALUE ? row.seenTime() : row.eventTime();
    long nudge = random.nextInt(3) - 1;
    switch (random.nextInt(6)) {
      case 0:
        return eventTime + nudge;
      case 1:
        return row.seenTime() + nudge;
      case 2:
        if (!queries.isEmpty()) {
          return queries.get(random.nextInt(queries.size())).q();
        }
        return eventTime;
      case 3:
        long reach =
            view.features().get(random.nextInt(view.features().size())).window().reach().micros();
        if (reach != Long.MAX_VALUE) {
          return eventTime + reach + nudge;
        }
        return eventTime;
      case 4:
        if (view.maxAge() != null) {
          return eventTime + view.maxAge().micros() + nudge;
        }
        if (view.retention().micros() != Long.MAX_VALUE) {
          return eventTime + view.retention().micros() + nudge;
        }
        return eventTime;
      default:
        InputRow other = anyRow();
        long otherTime = other.eventTime() == Long.MIN_VALUE ? eventTime : other.eventTime();
        return Math.min(eventTime, otherTime)
            + random.nextLong(1 + Math.abs(eventTime - otherTime) * 2);
    }
  }

  private InputRow anyRow() {
    return rows.get(random.nextInt(rows.size()));
  }
}
