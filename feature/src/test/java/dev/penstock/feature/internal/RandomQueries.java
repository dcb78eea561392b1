package dev.penstock.feature.internal;

import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random questions about a log, most of them at the edges of something. */
final class RandomQueries {
  private final SplittableRandom random;
  private final FeatureView view;
  private final List<InputRow> rows;
  private final List<Case.Query> queries = new ArrayList<>();

  RandomQueries(SplittableRandom random, FeatureView view, List<InputRow> rows) {
    this.random = random;
    this.view = view;
    this.rows = rows;
  }

  List<Case.Query> next(int size) {
    for (int i = 0; i < size; i++) {
      queries.add(new Case.Query(key(), moment()));
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
        Window window = view.features().get(random.nextInt(view.features().size())).window();
        return atEdge(window, eventTime) + nudge;
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

  /** Where a row enters a window or leaves it, or where the window's own edges move. */
  private long atEdge(Window window, long eventTime) {
    if (window instanceof Window.Calendar) {
      long[] later = {0, RandomView.HOUR, RandomView.DAY, 7 * RandomView.DAY, 31 * RandomView.DAY};
      long from = eventTime + later[random.nextInt(later.length)];
      return NaiveWindows.start(window, from).longValueExact();
    } else if (window instanceof Window.Offset offset && random.nextBoolean()) {
      return eventTime + offset.before().micros();
    } else if (window instanceof Window.Stepped stepped) {
      long resolution = stepped.resolution().micros();
      return Math.floorDiv(eventTime, resolution) * resolution
          + stepped.length().micros()
          + random.nextInt(2) * resolution;
    }
    long reach = window.reach().micros();
    return reach == Long.MAX_VALUE ? eventTime : eventTime + reach;
  }

  private InputRow anyRow() {
    return rows.get(random.nextInt(rows.size()));
  }
}
