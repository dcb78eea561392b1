package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The stored form of one value that is present in a {@link SlotColumn}. */
final class ValueCodec {
  private ValueCodec() {}

  static void write(Type type, SlotColumn column, int row, ByteSink out) {
    switch (column.kind) {
      case EVERY, MARK -> {}
      case FLAG -> out.oneByte(column.flags[row] ? 1 : 0);
      case WHOLE -> out.signed(column.wholes[row]);
      case REAL -> {
        if (type == Scalar.FLOAT32) {
          out.fourBytes(Float.floatToIntBits((float) column.reals[row]));
        } else {
          out.eightBytes(Double.doubleToLongBits(column.reals[row]));
        }
      }
      case OBJECT -> writeObject(requireNonNull(column.objects[row]), out);
    }
  }

  static void read(Type type, ByteSource in, SlotColumn column, int row) {
    switch (column.kind) {
      case EVERY, MARK -> {}
      case FLAG -> column.flags[row] = in.oneByte() != 0;
      case WHOLE -> column.wholes[row] = in.signed();
      case REAL ->
          column.reals[row] =
              type == Scalar.FLOAT32
                  ? Float.intBitsToFloat(in.fourBytes())
                  : Double.longBitsToDouble(in.eightBytes());
      case OBJECT -> column.objects[row] = readObject(type, in);
    }
  }

  private static void writeObject(Object value, ByteSink out) {
    if (value instanceof String text) {
      out.sized(text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] bytes) {
      out.sized(bytes);
    } else if (value instanceof BigDecimal decimal) {
      out.sized(decimal.unscaledValue().toByteArray());
    } else {
      float[] vector = (float[]) value;
      out.count(vector.length);
      for (float element : vector) {
        out.fourBytes(Float.floatToIntBits(element));
      }
    }
  }

  private static Object readObject(Type type, ByteSource in) {
    if (type == Scalar.STRING) {
      return new String(in.sized(), StandardCharsets.UTF_8);
    } else if (type instanceof Type.Decimal decimal) {
      return new BigDecimal(new BigInteger(in.sized()), decimal.scale());
    } else if (type instanceof Type.Vector) {
      float[] vector = new float[in.length()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = Float.intBitsToFloat(in.fourBytes());
      }
      return vector;
    }
    return in.sized();
  }
}
