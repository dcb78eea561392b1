package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Positions;
import dev.penstock.feature.FeatureColumn;
import java.util.List;
import java.util.Map;

/**
 * Answers that were served and logged, a row each.
 *
 * @param ids names each answer
 * @param requests the keys and request fields that were asked with
 * @param times each answer's {@code q}, a column of timestamps
 * @param positions by source, how far each answer could see
 * @param served the columns that were answered, by their full names
 */
public record LoggedAnswers(
    List<String> ids,
    Batch requests,
    LongColumn times,
    Map<String, List<Positions>> positions,
    List<FeatureColumn> served) {
  public LoggedAnswers {
    ids = List.copyOf(ids);
    positions = Map.copyOf(positions);
    served = List.copyOf(served);
    if (times.size() != ids.size()) {
      throw new IllegalArgumentException(ids.size() + " ids, " + times.size() + " times");
    }
  }

  public int size() {
    return times.size();
  }
}
