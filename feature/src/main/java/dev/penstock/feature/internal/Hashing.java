package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * The hash of a value, the same for all time: FNV-1a over its bytes in 64 bits (G. Fowler, L. Noll
 * and K.-P. Vo), then MurmurHash3's last mix (A. Appleby). The bytes are the eight of a whole
 * number or of a float widened to a double, least first; one of a boolean; UTF-8 of a text; a
 * decimal's unscaled value, greatest first; four of each element of a vector, least first.
 */
final class Hashing {
  private static final long OFFSET = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;

  private Hashing() {}

  static long of(SlotColumn column, int row) {
    return mixed(
        switch (column.kind) {
          case EVERY, MARK -> throw new IllegalStateException("no values are held");
          case FLAG -> step(OFFSET, column.flags[row] ? 1 : 0);
          case WHOLE -> steps(OFFSET, column.wholes[row], 8);
          case REAL -> steps(OFFSET, Double.doubleToLongBits(column.reals[row]), 8);
          case OBJECT -> ofObject(requireNonNull(column.objects[row]));
        });
  }

  private static long ofObject(Object value) {
    long hash = OFFSET;
    if (value instanceof float[] vector) {
      for (float element : vector) {
        hash = steps(hash, Float.floatToIntBits(element), 4);
      }
      return hash;
    }
    byte[] bytes =
        value instanceof String text
            ? text.getBytes(StandardCharsets.UTF_8)
            : value instanceof BigDecimal decimal
                ? decimal.unscaledValue().toByteArray()
                : (byte[]) value;
    for (byte one : bytes) {
      hash = step(hash, one & 0xFF);
    }
    return hash;
  }

  private static long steps(long hash, long bits, int bytes) {
    long stepped = hash;
    for (int i = 0; i < bytes; i++) {
      stepped = step(stepped, (bits >>> (8 * i)) & 0xFF);
    }
    return stepped;
  }

  private static long step(long hash, long oneByte) {
    return (hash ^ oneByte) * PRIME;
  }

  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
