package dev.penstock.training;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes columns of batches into row-major float32. While it learns, a string gets the next free
 * code; {@link #finish} renumbers them in sorted order, so that the code does not depend on which
 * row came first.
 */
final class FeatureEncoder {
  /** A float32 holds every integer up to here, and a tree needs a bit per category. */
  static final int MOST_CATEGORIES = 65_536;

  private final FeatureSchema schema;
  private final boolean learning;
  private final List<Map<String, Integer>> codes = new ArrayList<>();

  FeatureEncoder(FeatureSchema schema, boolean learning) {
    this.schema = schema;
    this.learning = learning;
    for (ModelInput column : schema.columns()) {
      Map<String, Integer> known = new HashMap<>();
      if (!learning) {
        column.categories().forEach(category -> known.put(category, known.size()));
      }
      codes.add(known);
    }
  }

  int columns() {
    return schema.size();
  }

  /** Encodes the rows {@code [from, from + count)} into {@code out}, from its row {@code at} on. */
  void encode(Batch batch, int from, int count, float[] out, int at) {
    int stride = schema.size();
    for (int c = 0; c < stride; c++) {
      ModelInput feature = schema.column(c);
      Column column = batch.column(feature.name());
      if (!column.type().equals(feature.type())) {
        throw new PenstockException(
            ErrorCode.TYPE_MISMATCH,
            "the feature '" + feature.name() + "' is " + column.type() + " here",
            "the model was defined on " + feature.type());
      }
      int target = at * stride + c;
      write(column, c, from, count, out, target, stride);
      boolean[] nulls = column instanceof ObjectColumn ? null : column.nulls();
      if (nulls != null) {
        for (int i = 0; i < count; i++) {
          if (nulls[from + i]) {
            out[target + i * stride] = Float.NaN;
          }
        }
      }
    }
  }

  private void write(
      Column column, int index, int from, int count, float[] out, int target, int stride) {
    if (column instanceof DoubleColumn doubles) {
      double[] values = doubles.values();
      for (int i = 0; i < count; i++) {
        out[target + i * stride] = FeatureSchema.bounded((float) values[from + i]);
      }
    } else if (column instanceof LongColumn longs) {
      long[] values = longs.values();
      for (int i = 0; i < count; i++) {
        out[target + i * stride] = values[from + i];
      }
    } else if (column instanceof FloatColumn floats) {
      float[] values = floats.values();
      for (int i = 0; i < count; i++) {
        out[target + i * stride] = FeatureSchema.bounded(values[from + i]);
      }
    } else if (column instanceof IntColumn ints) {
      int[] values = ints.values();
      for (int i = 0; i < count; i++) {
        out[target + i * stride] = values[from + i];
      }
    } else if (column instanceof BooleanColumn booleans) {
      boolean[] values = booleans.values();
      for (int i = 0; i < count; i++) {
        out[target + i * stride] = values[from + i] ? 1 : 0;
      }
    } else if (column instanceof ObjectColumn objects) {
      for (int i = 0; i < count; i++) {
        out[target + i * stride] = encode(index, objects.values()[from + i]);
      }
    }
  }

  private float encode(int column, @Nullable Object value) {
    if (value instanceof String text) {
      Integer code = codes.get(column).get(text);
      if (code != null) {
        return code;
      }
      return learning ? learn(column, text) : Float.NaN;
    }
    return value == null ? Float.NaN : FeatureSchema.bounded(((Number) value).floatValue());
  }

  private int learn(int column, String text) {
    Map<String, Integer> known = codes.get(column);
    if (known.size() == MOST_CATEGORIES) {
      throw new PenstockException(
          ErrorCode.LIMIT_EXCEEDED,
          "the feature '"
              + schema.column(column).name()
              + "' has more than "
              + MOST_CATEGORIES
              + " different strings",
          "it looks like an id: leave it out, or group its values");
    }
    known.put(text, known.size());
    return known.size() - 1;
  }

  /** The schema with its dictionaries; codes already written are brought into sorted order. */
  FeatureSchema finish(List<float[]> chunks) {
    if (!learning) {
      return schema;
    }
    List<ModelInput> learned = new ArrayList<>();
    for (int c = 0; c < schema.size(); c++) {
      ModelInput column = schema.column(c);
      if (!column.isCategorical()) {
        learned.add(column);
        continue;
      }
      String[] sorted = codes.get(c).keySet().toArray(String[]::new);
      Arrays.sort(sorted);
      float[] renumbered = new float[sorted.length];
      for (int code = 0; code < sorted.length; code++) {
        renumbered[codes.get(c).getOrDefault(sorted[code], 0)] = code;
      }
      for (float[] chunk : chunks) {
        for (int at = c; at < chunk.length; at += schema.size()) {
          chunk[at] = Float.isNaN(chunk[at]) ? Float.NaN : renumbered[(int) chunk[at]];
        }
      }
      learned.add(new ModelInput(column.name(), column.type(), List.of(sorted)));
    }
    return new FeatureSchema(learned);
  }
}
