package dev.penstock.feature.internal;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** How often each value occurs: distinct counts, the most frequent values, histograms, sets. */
final class ValueCounts {
  private final Map<Object, Tally> tallies = new HashMap<>();

  /** In force from the first question about the most frequent values on. */
  private @Nullable TallyHeap heap;

  private final Type type;
  private final int limit;

  ValueCounts(Type type, int limit) {
    this.type = type;
    this.limit = limit;
  }

  void clear() {
    tallies.clear();
    heap = null;
  }

  /** Counts a value so many times more, or less; what is counted 0 times is not there. */
  void change(Object value, long by) {
    Tally tally = tallies.get(value);
    if (tally == null) {
      tally = new Tally(value, by);
      tallies.put(value, tally);
      if (heap != null) {
        heap.add(tally);
      }
      return;
    }
    tally.count += by;
    if (tally.count == 0) {
      tallies.remove(value);
    }
    if (heap != null && tally.count == 0) {
      heap.remove(tally);
    } else if (heap != null) {
      heap.moved(tally);
    }
  }

  /** Gives every value and how often it is counted, in no order. */
  void forEach(ObjLongConsumer<Object> consumer) {
    tallies.values().forEach(tally -> consumer.accept(tally.value, tally.count));
  }

  boolean isBeyondLimit() {
    return tallies.size() > limit;
  }

  void answer(Aggregate aggregate, Answer answer) {
    if (isBeyondLimit()) {
      answer.error();
    } else if (tallies.isEmpty()) {
      answer.nothing();
    } else {
      switch (aggregate.function()) {
        case TOP_K -> answer.object(top((int) aggregate.parameter()));
        case HISTOGRAM -> answer.object(histogram());
        case COLLECT_SET -> answer.object(set());
        default -> answer.whole(tallies.size());
      }
    }
  }

  /** {@code [["a",3],["b",1]]}: the most frequent first, of equally frequent the lesser. */
  private String top(int places) {
    if (heap == null) {
      heap = new TallyHeap(tallies.values());
    }
    JsonText json = new JsonText();
    String before = "[[";
    for (Tally tally : heap.first(places)) {
      json.raw(before).value(type, tally.value);
      json.raw(",").raw(Long.toString(tally.count)).raw("]");
      before = ",[";
    }
    return json.raw("]").toString();
  }

  /** {@code {"a":3,"b":1}}, by value. */
  private String histogram() {
    JsonText json = new JsonText();
    String before = "{";
    for (Tally tally : sorted()) {
      json.raw(before).name(type, tally.value).raw(Long.toString(tally.count));
      before = ",";
    }
    return json.raw("}").toString();
  }

  /** {@code ["a","b"]}, by value. */
  private String set() {
    JsonText json = new JsonText();
    String before = "[";
    for (Tally tally : sorted()) {
      json.raw(before).value(type, tally.value);
      before = ",";
    }
    return json.raw("]").toString();
  }

  private List<Tally> sorted() {
    List<Tally> sorted = new ArrayList<>(tallies.values());
    sorted.sort((a, b) -> Values.compare(a.value, b.value));
    return sorted;
  }
}
