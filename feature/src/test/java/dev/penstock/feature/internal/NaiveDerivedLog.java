package dev.penstock.feature.internal;

import dev.penstock.data.Positions;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The rule of derived logs, said a second time: each row from all that were applied before it. */
final class NaiveDerivedLog {
  private NaiveDerivedLog() {}

  /** All rows in the order in which they are applied. */
  static List<InputRow> applied(Positions history, List<InputRow> rows) {
    return rows.stream()
        .sorted(
            Comparator.comparing(
                    (InputRow row) -> row.offset() < history.next(row.partition()) ? 0 : 1)
                .thenComparingLong(InputRow::seenTime)
                .thenComparingInt(InputRow::partition)
                .thenComparingLong(InputRow::offset))
        .toList();
  }

  /**
   * The derived log, in the order of application.
   *
   * @param upstream with keys and features that are named as columns of the input
   */
  static List<InputRow> of(FeatureView upstream, List<InputRow> applied) {
    NaiveTwin twin = new NaiveTwin(upstream);
    List<InputRow> derived = new ArrayList<>();
    for (int i = 0; i < applied.size(); i++) {
      InputRow row = applied.get(i);
      List<Object> key = twin.keyOf(row);
      boolean ofView =
          upstream.where() == null
              || Boolean.TRUE.equals(NaiveTwin.evaluate(upstream.where(), row));
      if (ofView && !key.contains(null)) {
        List<FeatureValue> answers =
            twin.answers(key, row.eventTime() + 1, applied.subList(0, i + 1), any -> true);
        derived.add(derived(upstream, key, answers, row));
      }
    }
    return derived;
  }

  private static InputRow derived(
      FeatureView upstream, List<Object> key, List<FeatureValue> answers, InputRow row) {
    List<Object> values = new ArrayList<>(Arrays.asList(new Object[InputRow.FIELDS.size()]));
    for (int k = 0; k < key.size(); k++) {
      values.set(InputRow.index(upstream.entity().keys().get(k).name()), key.get(k));
    }
    for (int f = 0; f < answers.size(); f++) {
      Feature feature = upstream.features().get(f);
      if (answers.get(f).status() == FeatureStatus.PRESENT) {
        values.set(InputRow.index(feature.name()), answers.get(f).value());
      }
    }
    return new InputRow(row.eventTime(), row.seenTime(), row.partition(), row.offset(), values);
  }
}
