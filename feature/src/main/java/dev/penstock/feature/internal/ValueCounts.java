package dev.penstock.feature.internal;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** How often each value occurs: distinct counts, the most frequent values, histograms, sets. */
final class ValueCounts {
  private static final Comparator<Map.Entry<Object, Long>> BY_VALUE =
      (a, b) -> Values.compare(a.getKey(), b.getKey());
  private static final Comparator<Map.Entry<Object, Long>> BY_COUNT =
      Comparator.comparing((Map.Entry<Object, Long> entry) -> entry.getValue())
          .reversed()
          .thenComparing(BY_VALUE);

  final Map<Object, Long> counts = new HashMap<>();
  private final Type type;
  private final int limit;

  ValueCounts(Type type, int limit) {
    this.type = type;
    this.limit = limit;
  }

  void change(Object value, long by) {
    counts.merge(value, by, (a, b) -> a + b == 0 ? null : a + b);
  }

  boolean isBeyondLimit() {
    return counts.size() > limit;
  }

  void answer(Aggregate aggregate, Answer answer) {
    if (isBeyondLimit()) {
      answer.error();
    } else if (counts.isEmpty()) {
      answer.nothing();
    } else {
      switch (aggregate.function()) {
        case TOP_K -> answer.object(top((int) aggregate.parameter()));
        case HISTOGRAM -> answer.object(histogram());
        case COLLECT_SET -> answer.object(set());
        default -> answer.whole(counts.size());
      }
    }
  }

  /** {@code [["a",3],["b",1]]}: the most frequent first, of equally frequent the lesser. */
  private String top(int places) {
    List<Map.Entry<Object, Long>> first = first(places);
    JsonText json = new JsonText();
    for (int i = 0; i < first.size(); i++) {
      json.raw(i == 0 ? "[[" : ",[").value(type, first.get(i).getKey());
      json.raw(",").raw(Long.toString(first.get(i).getValue())).raw("]");
    }
    return json.raw("]").toString();
  }

  /** The most frequent, in order, without putting all others in order too. */
  private List<Map.Entry<Object, Long>> first(int places) {
    PriorityQueue<Map.Entry<Object, Long>> lastOnTop = new PriorityQueue<>(BY_COUNT.reversed());
    for (Map.Entry<Object, Long> entry : counts.entrySet()) {
      if (lastOnTop.size() < places) {
        lastOnTop.add(entry);
      } else if (BY_COUNT.compare(entry, lastOnTop.element()) < 0) {
        lastOnTop.remove();
        lastOnTop.add(entry);
      }
    }
    List<Map.Entry<Object, Long>> first = new ArrayList<>(lastOnTop);
    first.sort(BY_COUNT);
    return first;
  }

  /** {@code {"a":3,"b":1}}, by value. */
  private String histogram() {
    JsonText json = new JsonText();
    String before = "{";
    for (Map.Entry<Object, Long> entry : sorted()) {
      json.raw(before).name(type, entry.getKey()).raw(Long.toString(entry.getValue()));
      before = ",";
    }
    return json.raw("}").toString();
  }

  /** {@code ["a","b"]}, by value. */
  private String set() {
    JsonText json = new JsonText();
    String before = "[";
    for (Map.Entry<Object, Long> entry : sorted()) {
      json.raw(before).value(type, entry.getKey());
      before = ",";
    }
    return json.raw("]").toString();
  }

  private List<Map.Entry<Object, Long>> sorted() {
    List<Map.Entry<Object, Long>> entries = new ArrayList<>(counts.entrySet());
    entries.sort(BY_VALUE);
    return entries;
  }
}
