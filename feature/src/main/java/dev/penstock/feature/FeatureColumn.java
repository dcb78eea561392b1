package dev.penstock.feature;

import dev.penstock.data.Column;

/** One feature's answers, a row for each query, in the queries' order. Immutable by agreement. */
public final class FeatureColumn {
  private final String name;
  private final Column values;
  private final byte[] statuses;

  /** Takes the array over: {@link FeatureStatus#code()} per row. */
  public FeatureColumn(String name, Column values, byte[] statuses) {
    if (values.size() != statuses.length) {
      throw new IllegalArgumentException(
          values.size() + " values, " + statuses.length + " statuses");
    }
    this.name = name;
    this.values = values;
    this.statuses = statuses;
  }

  public String name() {
    return name;
  }

  public Column values() {
    return values;
  }

  /** {@link FeatureStatus#code()} per row: itself, not a copy, only to be read. */
  public byte[] statuses() {
    return statuses;
  }

  public FeatureStatus status(int row) {
    return FeatureStatus.ofCode(statuses[row]);
  }

  public FeatureValue answer(int row) {
    return new FeatureValue(values.value(row), status(row));
  }
}
