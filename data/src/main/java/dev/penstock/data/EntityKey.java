package dev.penstock.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that name one entity (one airport, one card at one merchant), as bytes: equal values
 * of the key's types give equal bytes, no key is a prefix of another, and the bytes order keys. Key
 * columns are integers, strings, booleans or dates; INT32 and INT64 of the same number are one key.
 */
public final class EntityKey implements Comparable<EntityKey> {
  private final byte[] bytes;

  private EntityKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The key with these values, in the entity's order. */
  public static EntityKey of(Object... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16);
    for (Object value : values) {
      write(out, value);
    }
    return new EntityKey(out.toByteArray());
  }

  /** The key in a batch's row, or null when one of its columns is null there. */
  public static @Nullable EntityKey of(List<Column> columns, int row) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16);
    for (Column column : columns) {
      Object value = column.value(row);
      if (value == null) {
        return null;
      }
      write(out, value);
    }
    return new EntityKey(out.toByteArray());
  }

  /** A key from {@link #bytes()}. */
  public static EntityKey ofBytes(byte[] bytes) {
    return new EntityKey(bytes.clone());
  }

  public static boolean canHold(Type type) {
    return type == Scalar.STRING
        || type == Scalar.INT32
        || type == Scalar.INT64
        || type == Scalar.BOOLEAN
        || type == Scalar.DATE;
  }

  /** A copy of the canonical bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    if (value instanceof String text) {
      // Zero bytes are escaped, so that the end (0 0) sorts first and no text runs into the next.
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        out.write(b);
        if (b == 0) {
          out.write(1);
        }
      }
      out.write(0);
      out.write(0);
    } else if (value instanceof Long || value instanceof Integer) {
      long number = ((Number) value).longValue();
      out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number ^ Long.MIN_VALUE).array());
    } else if (value instanceof Boolean flag) {
      out.write(flag ? 1 : 0);
    } else {
      throw new IllegalArgumentException("no key can hold a " + value.getClass().getSimpleName());
    }
  }

  @Override
  public int compareTo(EntityKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntityKey key && Arrays.equals(key.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
  }
}
