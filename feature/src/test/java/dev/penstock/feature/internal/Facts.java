package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.EntityKey;
import dev.penstock.data.Field;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Span;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.ViewState;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of the key {@code a}, and questions that replay and live state must answer alike. */
final class Facts {
  static final long HOUR = RandomView.HOUR;
  static final Entity THING = new Entity("thing", List.of(Field.of("name", Scalar.STRING)));

  private final List<InputRow> rows = new ArrayList<>();

  /** A row seen as soon as it happened. */
  Facts row(long eventTime, Object... namesAndValues) {
    return late(eventTime, eventTime, namesAndValues);
  }

  Facts late(long eventTime, long seenTime, Object... namesAndValues) {
    return at(0, rows.size(), eventTime, seenTime, namesAndValues);
  }

  Facts at(int partition, long offset, long eventTime, long seenTime, Object... namesAndValues) {
    List<Object> values = new ArrayList<>(Arrays.asList(new Object[InputRow.FIELDS.size()]));
    values.set(0, "a");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.set(InputRow.index((String) namesAndValues[i]), namesAndValues[i + 1]);
    }
    rows.add(new InputRow(eventTime, seenTime, partition, offset, values));
    return this;
  }

  /** Takes back a row that was added before, by its number. */
  Facts retract(int number, long seenTime) {
    InputRow row = rows.get(number);
    rows.add(new InputRow(row.eventTime(), seenTime, 0, rows.size(), row.values(), row));
    return this;
  }

  List<InputRow> rows() {
    return rows;
  }

  static Aggregate count() {
    return Aggregate.count();
  }

  static Aggregate of(AggregateFunction function, String column) {
    return Aggregate.of(function, InputRow.column(column));
  }

  static FeatureView view(Aggregate aggregate, Window window) {
    return FeatureView.of(
        "facts", THING, List.of("name"), List.of(new Feature("f", aggregate, window)));
  }

  static FeatureView view(Aggregate aggregate, long micros) {
    return view(aggregate, Window.trailing(new Span(micros)));
  }

  /** The view's first feature at q over what was seen before, by every path. */
  FeatureValue ask(FeatureView view, long q) {
    FeatureValue replayed = replay(view, q, Visibility.AS_SEEN);
    ViewState state = new ViewState(view);
    List<InputRow> seen = rows.stream().filter(row -> row.seenTime() < q).toList();
    MemoryStore atOnce = new MemoryStore();
    state.apply(InputRow.batch(seen), atOnce);
    MemoryStore oneByOne = new MemoryStore();
    seen.forEach(row -> state.apply(InputRow.batch(List.of(row)), oneByOne));
    for (MemoryStore store : List.of(atOnce, oneByOne)) {
      FeatureValue live = state.at(q, store).read(EntityKey.of("a")).get(0);
      assertThat(live.status()).isEqualTo(replayed.status());
      assertThat(Answers.sameBits(live.value(), replayed.value())).isTrue();
    }
    return replayed;
  }

  Object value(FeatureView view, long q) {
    return ask(view, q).value();
  }

  FeatureValue replay(FeatureView view, long q, Visibility visibility) {
    ViewHistory history = ViewHistory.of(view, List.of(InputRow.batch(rows)));
    Queries queries =
        new Queries(List.of(new ObjectColumn(Scalar.STRING, new Object[] {"a"})), new long[] {q});
    return history.read(queries, visibility).get(0).answer(0);
  }
}
