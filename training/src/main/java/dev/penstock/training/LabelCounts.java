package dev.penstock.training;

import org.jspecify.annotations.Nullable;

/**
 * What became of the rows of one split: {@code rows = counted + immature + missing + nulls}.
 *
 * @param positives of the counted, those whose label is not 0
 * @param labelSum of the counted, the sum of their labels
 */
public record LabelCounts(
    long rows,
    long counted,
    long positives,
    double labelSum,
    long immature,
    long missing,
    long nulls) {
  public static final LabelCounts NONE = new LabelCounts(0, 0, 0, 0, 0, 0, 0);

  public LabelCounts {
    if (rows != counted + immature + missing + nulls || positives > counted) {
      throw new IllegalArgumentException("these counts do not add up");
    }
  }

  public LabelCounts plus(LabelCounts more) {
    return new LabelCounts(
        rows + more.rows,
        counted + more.counted,
        positives + more.positives,
        labelSum + more.labelSum,
        immature + more.immature,
        missing + more.missing,
        nulls + more.nulls);
  }

  /** The rows that do not take part. */
  public long excluded() {
    return rows - counted;
  }

  /** The mean label, which for a yes or no is the share of yes; null when no row counts. */
  public @Nullable Double mean() {
    return counted == 0 ? null : labelSum / counted;
  }
}
