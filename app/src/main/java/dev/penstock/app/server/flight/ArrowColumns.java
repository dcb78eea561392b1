package dev.penstock.app.server.flight;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/** Copies values into Arrow's vectors. */
final class ArrowColumns {
  private ArrowColumns() {}

  /** Makes the vectors hold these rows and no others. */
  static void fill(VectorSchemaRoot root, Batch batch) {
    root.clear();
    for (int c = 0; c < batch.columns().size(); c++) {
      Column column = batch.column(c);
      FieldVector vector = root.getVector(c);
      vector.setInitialCapacity(batch.rows());
      for (int row = 0; row < batch.rows(); row++) {
        set(vector, row, column.value(row));
      }
    }
    root.setRowCount(batch.rows());
  }

  /** Sets one value, of the type that the vector is for. */
  static void set(FieldVector vector, int row, @Nullable Object value) {
    if (value == null) {
      if (vector instanceof ListVector lists) {
        lists.setNull(row);
      } else {
        vector.setNull(row);
      }
    } else if (vector instanceof BigIntVector longs) {
      longs.setSafe(row, (Long) value);
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, (Double) value);
    } else if (vector instanceof IntVector ints) {
      ints.setSafe(row, (Integer) value);
    } else if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, (Float) value);
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof TimeStampVector moments) {
      moments.setSafe(row, (Long) value);
    } else if (vector instanceof DateDayVector days) {
      days.setSafe(row, (Integer) value);
    } else if (vector instanceof DecimalVector decimals) {
      decimals.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof VarBinaryVector bytes) {
      bytes.setSafe(row, (byte[]) value);
    } else if (vector instanceof ListVector lists) {
      set(lists, row, (float[]) value);
    } else {
      throw new IllegalStateException(vector.getField() + " has no values");
    }
  }

  private static void set(ListVector lists, int row, float[] elements) {
    int start = lists.startNewValue(row);
    Float4Vector floats = (Float4Vector) lists.getDataVector();
    for (int i = 0; i < elements.length; i++) {
      floats.setSafe(start + i, elements[i]);
    }
    lists.endValue(row, elements.length);
  }
}
