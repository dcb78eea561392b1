package dev.penstock.training;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import java.util.Arrays;

/**
 * Design rule 16: a label counts if it was seen before the cut of its row's split. What had not
 * matured is left out and counted, for to take it as a negative would teach the model that
 * everything recent is one.
 */
public record LabelRule(Splits splits) {

  /**
   * Judges rows of the spine, each with the label that was joined to it.
   *
   * @param eventTimes when each row happened
   * @param found false where no label was joined
   * @param seenTimes when each label became known; without meaning where none was found
   * @param labels booleans or numbers, one a row; without meaning where none was found
   */
  public LabelledRows judge(long[] eventTimes, boolean[] found, long[] seenTimes, Column labels) {
    int rows = eventTimes.length;
    if (found.length != rows || seenTimes.length != rows || labels.size() != rows) {
      throw new IllegalArgumentException("the labels do not match " + rows + " rows");
    }
    LabelState[] states = new LabelState[rows];
    int[] split = new int[rows];
    float[] values = new float[rows];
    Arrays.fill(values, Float.NaN);
    Tally[] tallies = new Tally[splits.splits().size()];
    Arrays.setAll(tallies, i -> new Tally());
    for (int row = 0; row < rows; row++) {
      split[row] = splits.indexOf(eventTimes[row]);
      if (split[row] == Splits.NONE) {
        states[row] = LabelState.NO_SPLIT;
        continue;
      }
      states[row] =
          state(found[row], seenTimes[row], splits.splits().get(split[row]).cut(), labels, row);
      if (states[row] == LabelState.COUNTED) {
        values[row] = number(labels, row);
      }
      tallies[split[row]].add(states[row], values[row]);
    }
    return new LabelledRows(
        splits, states, split, values, Arrays.stream(tallies).map(Tally::counts).toList());
  }

  private static LabelState state(boolean found, long seen, long cut, Column labels, int row) {
    if (!found) {
      return LabelState.MISSING;
    } else if (seen >= cut) {
      return LabelState.IMMATURE;
    }
    return labels.isNull(row) ? LabelState.NULL_VALUE : LabelState.COUNTED;
  }

  private static float number(Column labels, int row) {
    if (labels instanceof BooleanColumn booleans) {
      return booleans.values()[row] ? 1 : 0;
    }
    if (labels.value(row) instanceof Number number && labels.type() != Scalar.DATE) {
      return number.floatValue();
    }
    throw new PenstockException(
        ErrorCode.TYPE_MISMATCH,
        "a label cannot be " + labels.type(),
        "write an expression that is a boolean or a number");
  }

  private static final class Tally {
    private long counted;
    private long immature;
    private long missing;
    private long nulls;
    private long positives;
    private double sum;

    void add(LabelState state, float label) {
      switch (state) {
        case COUNTED -> {
          counted++;
          sum += label;
          positives += label != 0 ? 1 : 0;
        }
        case IMMATURE -> immature++;
        case MISSING -> missing++;
        case NULL_VALUE -> nulls++;
        case NO_SPLIT -> throw new IllegalArgumentException("a row of no split");
      }
    }

    LabelCounts counts() {
      long rows = counted + immature + missing + nulls;
      return new LabelCounts(rows, counted, positives, sum, immature, missing, nulls);
    }
  }
}
