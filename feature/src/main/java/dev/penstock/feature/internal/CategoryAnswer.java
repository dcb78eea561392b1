package dev.penstock.feature.internal;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One value for each category, as the text of a JSON object in the order of categories. */
final class CategoryAnswer implements Answer {
  /** Answers for one category. */
  interface Category<T> {
    void answer(T kept, Aggregate aggregate, Answer answer);
  }

  private final JsonText json = new JsonText();
  private final Aggregate aggregate;
  private boolean failed;

  private CategoryAnswer(Aggregate aggregate) {
    this.aggregate = aggregate;
  }

  /**
   * Answers from what is kept of each category: nothing where there is none, an error where there
   * are more than {@value Aggregate#MOST_CATEGORIES} or where one of them is an error.
   */
  static <T> void give(
      Aggregate aggregate, Type type, Map<Object, T> kept, Category<T> category, Answer answer) {
    if (kept.isEmpty()) {
      answer.nothing();
      return;
    } else if (kept.size() > Aggregate.MOST_CATEGORIES) {
      answer.error();
      return;
    }
    List<Map.Entry<Object, T>> ordered = new ArrayList<>(kept.entrySet());
    ordered.sort((a, b) -> Values.compare(a.getKey(), b.getKey()));
    CategoryAnswer all = new CategoryAnswer(aggregate.ofOneCategory());
    String before = "{";
    for (Map.Entry<Object, T> entry : ordered) {
      all.json.raw(before).name(type, entry.getKey());
      category.answer(entry.getValue(), all.aggregate, all);
      before = ",";
    }
    if (all.failed) {
      answer.error();
    } else {
      answer.object(all.json.raw("}").toString());
    }
  }

  @Override
  public void whole(long value) {
    json.value(aggregate.resultType(), value);
  }

  @Override
  public void real(double value) {
    json.value(aggregate.resultType(), value);
  }

  @Override
  public void flag(boolean value) {
    json.raw(Boolean.toString(value));
  }

  @Override
  public void object(Object value) {
    json.value(aggregate.resultType(), value);
  }

  @Override
  public void nothing() {
    if (!Defaults.give(aggregate, this)) {
      json.raw("null");
    }
  }

  @Override
  public void error() {
    failed = true;
  }
}
