package dev.penstock.training;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of the spine, judged by a {@link LabelRule}: per row its split, its state and its label, and
 * per split the counts.
 */
public final class LabelledRows {
  private final Splits splits;
  private final LabelState[] states;
  private final int[] split;
  private final float[] labels;
  private final List<LabelCounts> counts;

  LabelledRows(
      Splits splits, LabelState[] states, int[] split, float[] labels, List<LabelCounts> counts) {
    this.splits = splits;
    this.states = states;
    this.split = split;
    this.labels = labels;
    this.counts = List.copyOf(counts);
  }

  public int rows() {
    return states.length;
  }

  public LabelState state(int row) {
    return states[row];
  }

  /** The index of the row's split, or {@link Splits#NONE}. */
  public int split(int row) {
    return split[row];
  }

  /** The label as a number; NaN where it does not count. */
  public float label(int row) {
    return labels[row];
  }

  public LabelCounts counts(int split) {
    return counts.get(split);
  }

  /** The rows that take part in a split, in order: what to gather from the batch. */
  public int[] countedIn(int split) {
    return IntStream.range(0, rows())
        .filter(row -> this.split[row] == split && states[row] == LabelState.COUNTED)
        .toArray();
  }

  /** The labels of these rows. */
  public float[] labels(int[] rows) {
    float[] gathered = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      gathered[i] = labels[rows[i]];
    }
    return gathered;
  }

  @Override
  public String toString() {
    return splits + " " + counts;
  }
}
