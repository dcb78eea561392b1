package dev.penstock.online;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.source.ClockMode;
import java.util.List;
import java.util.Map;

/**
 * What one read answered, with all that it takes to ask the same again offline.
 *
 * @param service fingerprint of the service's definition
 * @param views fingerprint of each view by its name
 * @param columns {@code prefix__feature}, with a row for each row of the request
 * @param positions by source: the first positions that were not seen
 */
public record ServedFeatures(
    Fingerprint service,
    Map<String, Fingerprint> views,
    List<FeatureColumn> columns,
    long q,
    ClockMode clockMode,
    Map<String, Positions> positions) {
  public ServedFeatures {
    views = Map.copyOf(views);
    columns = List.copyOf(columns);
    positions = Map.copyOf(positions);
  }

  /** The values alone. */
  public Batch values() {
    Schema schema =
        new Schema(
            columns.stream()
                .map(column -> Field.of(column.name(), column.values().type()))
                .toList());
    return new Batch(schema, columns.stream().map(FeatureColumn::values).toList());
  }
}
