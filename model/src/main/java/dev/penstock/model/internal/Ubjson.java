package dev.penstock.model.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Universal Binary JSON (draft 12), the form XGBoost saves models in. Floats keep their bits,
 * which the text form would leave to two printers and parsers. Objects become maps, arrays lists,
 * arrays of one numeric type {@code long[]} or {@code float[]}, integers {@link Long}, floats
 * {@link Double}.
 */
public final class Ubjson {
  private static final int DEEPEST = 64;

  private final ByteBuffer in;

  private Ubjson(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  public static @Nullable Object read(byte[] bytes) {
    Ubjson reader = new Ubjson(bytes);
    try {
      return reader.value(reader.in.get(), 0);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it ends in the middle", e);
    }
  }

  private @Nullable Object value(byte marker, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("it nests deeper than " + DEEPEST);
    }
    return switch (marker) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case 'S', 'H' -> string();
      case 'T' -> true;
      case 'F' -> false;
      case 'Z' -> null;
      case 'd' -> (double) in.getFloat();
      case 'D' -> in.getDouble();
      case 'C' -> String.valueOf((char) in.get());
      default -> integer(marker);
    };
  }

  private long integer(byte marker) {
    return switch (marker) {
      case 'i' -> in.get();
      case 'U' -> in.get() & 0xff;
      case 'I' -> in.getShort();
      case 'l' -> in.getInt();
      case 'L' -> in.getLong();
      default ->
          throw new IllegalArgumentException(
              "unknown marker " + marker + " at byte " + (in.position() - 1));
    };
  }

  private int length() {
    long length = integer(in.get());
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a length of " + length + " at byte " + in.position());
    }
    return (int) length;
  }

  private String string() {
    byte[] bytes = new byte[length()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> object = new HashMap<>();
    if (in.get(in.position()) == '#') {
      in.get();
      for (int left = length(); left > 0; left--) {
        String key = string();
        object.put(key, value(in.get(), depth + 1));
      }
      return object;
    }
    while (in.get(in.position()) != '}') {
      String key = string();
      object.put(key, value(in.get(), depth + 1));
    }
    in.get();
    return object;
  }

  private Object array(int depth) {
    byte next = in.get(in.position());
    if (next == '$') {
      in.get();
      byte type = in.get();
      if (in.get() != '#') {
        throw new IllegalArgumentException("a typed array without its length");
      }
      return typed(type, length());
    }
    List<@Nullable Object> values = new ArrayList<>();
    if (next == '#') {
      in.get();
      for (int left = length(); left > 0; left--) {
        values.add(value(in.get(), depth + 1));
      }
      return values;
    }
    while (in.get(in.position()) != ']') {
      values.add(value(in.get(), depth + 1));
    }
    in.get();
    return values;
  }

  private Object typed(byte type, int length) {
    if (type == 'd') {
      float[] floats = new float[length];
      for (int i = 0; i < length; i++) {
        floats[i] = in.getFloat();
      }
      return floats;
    }
    long[] integers = new long[length];
    for (int i = 0; i < length; i++) {
      integers[i] = integer(type);
    }
    return integers;
  }
}
