package dev.penstock.platform.dataset;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.LongColumn;
import java.util.Arrays;

/** Columns as float32, NaN where null or no number: for comparing features, not for models. */
final class Numbers {
  private Numbers() {}

  static float[] floats(Column column) {
    float[] floats = new float[column.size()];
    Arrays.fill(floats, Float.NaN);
    for (int row = 0; row < floats.length; row++) {
      if (column.isNull(row)) {
        continue;
      }
      if (column instanceof DoubleColumn doubles) {
        floats[row] = (float) doubles.values()[row];
      } else if (column instanceof LongColumn longs) {
        floats[row] = longs.values()[row];
      } else if (column instanceof BooleanColumn booleans) {
        floats[row] = booleans.values()[row] ? 1 : 0;
      } else if (column.value(row) instanceof Number number) {
        floats[row] = number.floatValue();
      }
    }
    return floats;
  }
}
