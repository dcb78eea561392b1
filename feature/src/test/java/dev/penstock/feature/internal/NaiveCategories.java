package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One value for each category, by dividing the rows first and answering for each part alone. */
final class NaiveCategories {
  private NaiveCategories() {}

  static FeatureValue answer(Aggregate aggregate, long q, List<InputRow> rows) {
    Map<Object, List<InputRow>> parts = new LinkedHashMap<>();
    for (InputRow row : rows) {
      Object category = NaiveTwin.evaluate(aggregate.by(), row);
      if (category != null) {
        parts
            .computeIfAbsent(NaiveAggregate.canonical(category), name -> new ArrayList<>())
            .add(row);
      }
    }
    if (parts.isEmpty()) {
      return new FeatureValue(null, FeatureStatus.NULL_VALUE);
    } else if (parts.size() > 1_000) {
      return new FeatureValue(null, FeatureStatus.ERROR);
    }
    List<Object> names = new ArrayList<>(parts.keySet());
    names.sort(NaiveLists::compare);
    Aggregate one = aggregate.ofOneCategory();
    List<String> written = new ArrayList<>();
    for (Object name : names) {
      FeatureValue value = NaiveTwin.ofRows(one, q, parts.get(name));
      if (value.status() == FeatureStatus.ERROR) {
        return value;
      }
      String shown =
          value.value() == null ? "null" : NaiveLists.json(one.resultType(), value.value());
      written.add(NaiveLists.name(aggregate.by().type(), name) + ":" + shown);
    }
    return new FeatureValue("{" + String.join(",", written) + "}", FeatureStatus.PRESENT);
  }
}
