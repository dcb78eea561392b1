package dev.penstock.source.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a row as a JSON object in the forms that {@link Casts} reads back. */
public final class RowJson {
  private RowJson() {}

  /** The row's columns; {@code written} replaces the value of the columns it names. */
  public static String of(Batch rows, int row, Map<String, String> written) {
    StringBuilder json = new StringBuilder("{");
    for (int c = 0; c < rows.schema().size(); c++) {
      String name = rows.schema().field(c).name();
      json.append(c == 0 ? "" : ",");
      quote(name, json);
      json.append(':');
      String asWritten = written.get(name);
      if (asWritten != null) {
        quote(asWritten, json);
      } else {
        append(rows.column(c).value(row), rows.schema().field(c).type(), json);
      }
    }
    return json.append('}').toString();
  }

  /** A value as text, for messages. */
  public static String shown(@Nullable Object value, Type type) {
    StringBuilder json = new StringBuilder();
    append(value, type, json);
    return json.toString();
  }

  private static void append(@Nullable Object value, Type type, StringBuilder json) {
    if (value == null) {
      json.append("null");
    } else if (type == Scalar.TIMESTAMP) {
      quote(Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString(), json);
    } else if (type == Scalar.LOCAL_TIMESTAMP) {
      Instant instant = Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
      quote(LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString(), json);
    } else if (type == Scalar.DATE) {
      quote(LocalDate.ofEpochDay((Integer) value).toString(), json);
    } else if (value instanceof String text) {
      quote(text, json);
    } else if (value instanceof byte[] bytes) {
      quote(Base64.getEncoder().encodeToString(bytes), json);
    } else if (value instanceof float[] vector) {
      json.append('[');
      for (int i = 0; i < vector.length; i++) {
        json.append(i == 0 ? "" : ",");
        number(vector[i], Float.isFinite(vector[i]), json);
      }
      json.append(']');
    } else if (value instanceof Double || value instanceof Float) {
      number(value, Double.isFinite(((Number) value).doubleValue()), json);
    } else {
      json.append(value);
    }
  }

  /** JSON has no NaN and no infinity; they are written as text. */
  private static void number(Object value, boolean finite, StringBuilder json) {
    if (finite) {
      json.append(value);
    } else {
      quote(value.toString(), json);
    }
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20) {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
