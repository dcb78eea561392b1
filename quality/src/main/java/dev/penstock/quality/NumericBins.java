package dev.penstock.quality;

import dev.penstock.data.Column;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.quality.internal.NumberSink;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Bins between cuts: {@code [-infinity, cut), [cut, cut), ..., [cut, infinity]}, after a bin for
 * null and, for floats, one for NaN. Integers, times and decimals are binned as the nearest double.
 */
record NumericBins(Type type, List<Double> cuts, List<Long> counts) implements ReferenceBins {
  private static final int DECILES = 10;

  NumericBins {
    cuts = List.copyOf(cuts);
    counts = List.copyOf(counts);
    if (counts.size() != missingBins(type) + cuts.size() + 1) {
      throw new IllegalArgumentException(cuts.size() + " cuts, " + counts.size() + " counts");
    }
  }

  static NumericBins of(Column reference) {
    List<Double> cuts = cuts(new Present(reference));
    return new NumericBins(reference.type(), cuts, count(reference, cuts));
  }

  @Override
  public int missingBins() {
    return missingBins(type);
  }

  @Override
  public List<Long> count(Column column) {
    Bins.requireSame(type, column);
    return count(column, cuts);
  }

  @Override
  public List<String> labels() {
    List<String> labels = new ArrayList<>(List.of("null"));
    if (missingBins() == 2) {
      labels.add("NaN");
    }
    for (int i = 0; i <= cuts.size(); i++) {
      double from = i == 0 ? Double.NEGATIVE_INFINITY : cuts.get(i - 1);
      double to = i == cuts.size() ? Double.POSITIVE_INFINITY : cuts.get(i);
      if (i > 0 && to == Math.nextUp(from) && i < cuts.size()) {
        labels.add(Numbers.text(from));
      } else {
        labels.add(
            "["
                + (i == 0 ? "-inf" : Numbers.text(from))
                + ", "
                + (i == cuts.size() ? "inf]" : Numbers.text(to) + ")"));
      }
    }
    return labels;
  }

  /**
   * The deciles, and both sides of each value that holds a tenth of the rows: without the second
   * cut such a value would share its bin with all that lies above it.
   */
  private static List<Double> cuts(Present present) {
    double[] sorted = Arrays.copyOf(present.values, present.size);
    Arrays.sort(sorted);
    int n = sorted.length;
    TreeSet<Double> cuts = new TreeSet<>();
    for (int k = 0; k < DECILES && n > 0; k++) {
      double value = sorted[(int) ((long) k * n / DECILES)];
      int before = position(sorted, value);
      int after = position(sorted, Math.nextUp(value));
      boolean heavy = (long) (after - before) * DECILES >= n;
      if (k > 0 || heavy) {
        cuts.add(value);
      }
      if (heavy) {
        cuts.add(Math.nextUp(value));
      }
    }
    // What lies at or above minus infinity is everything.
    cuts.remove(Double.NEGATIVE_INFINITY);
    return List.copyOf(cuts);
  }

  /** How many values are below this one. */
  private static int position(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static List<Long> count(Column column, List<Double> cuts) {
    Present present = new Present(column);
    double[] ends = cuts.stream().mapToDouble(Double::doubleValue).toArray();
    int missing = missingBins(column.type());
    long[] counts = new long[missing + ends.length + 1];
    counts[0] = (long) column.size() - present.size - present.nans;
    if (missing == 2) {
      counts[1] = present.nans;
    }
    for (int i = 0; i < present.size; i++) {
      int at = Arrays.binarySearch(ends, present.values[i]);
      counts[missing + (at >= 0 ? at + 1 : -at - 1)]++;
    }
    return Arrays.stream(counts).boxed().toList();
  }

  private static int missingBins(Type type) {
    return type == Scalar.FLOAT32 || type == Scalar.FLOAT64 ? 2 : 1;
  }

  /** The values that are neither null nor NaN. */
  private static final class Present implements NumberSink {
    private final double[] values;
    private int size;
    private int nans;

    Present(Column column) {
      values = new double[column.size()];
      takeAll(column);
    }

    @Override
    public void whole(long value) {
      values[size++] = value;
    }

    @Override
    public void real(double value) {
      if (Double.isNaN(value)) {
        nans++;
      } else {
        // -0.0 is 0.0.
        values[size++] = value + 0.0;
      }
    }

    @Override
    public void decimal(BigDecimal value) {
      values[size++] = value.doubleValue();
    }
  }
}
