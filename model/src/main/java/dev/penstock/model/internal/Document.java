package dev.penstock.model.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a document that {@link Ubjson} read, by the names of its fields. */
record Document(Map<?, ?> fields) {

  static Document of(@Nullable Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return new Document(map);
    }
    throw new IllegalArgumentException("'" + name + "' is no object");
  }

  Document object(String name) {
    return of(fields.get(name), name);
  }

  String text(String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("'" + name + "' is no text");
  }

  List<?> list(String name) {
    if (fields.get(name) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("'" + name + "' is no list");
  }

  float[] floats(String name) {
    if (fields.get(name) instanceof float[] floats) {
      return floats;
    }
    throw new IllegalArgumentException("'" + name + "' is no list of float32");
  }

  int[] integers(String name) {
    Object value = fields.get(name);
    int[] integers;
    if (value instanceof long[] longs) {
      integers = new int[longs.length];
      for (int i = 0; i < longs.length; i++) {
        integers[i] = Math.toIntExact(longs[i]);
      }
    } else if (value instanceof List<?> list) {
      integers = new int[list.size()];
      for (int i = 0; i < integers.length; i++) {
        if (!(list.get(i) instanceof Long number)) {
          throw new IllegalArgumentException("'" + name + "' is no list of integers");
        }
        integers[i] = Math.toIntExact(number);
      }
    } else {
      throw new IllegalArgumentException("'" + name + "' is no list of integers");
    }
    return integers;
  }
}
