package dev.penstock.app.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.penstock.app.print.Times;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Values of columns in JSON: numbers as numbers, times and dates as ISO text, bytes in Base64,
 * decimals as numbers, vectors as arrays.
 */
public final class JsonCells {
  private static final double EXACT_INTEGERS = 1L << 53;
  private static final int SHOWN_CHARACTERS = 200;

  private JsonCells() {}

  /**
   * Appends the value at the parser's token. What is no value of the type becomes null, and its
   * text is the result; null says that all went well.
   */
  public static @Nullable String append(JsonParser json, Type type, ColumnBuilder to)
      throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      to.appendNull();
      return null;
    }
    if (token == JsonToken.START_ARRAY && type instanceof Type.Vector vector) {
      return appendVector(json, vector, to);
    }
    if (token.isStructStart()) {
      to.appendNull();
      return skipped(json);
    }
    try {
      if (appendScalar(json, token, type, to)) {
        return null;
      }
    } catch (InputCoercionException
        | DateTimeException
        | ArithmeticException
        | IllegalArgumentException e) {
      // Not of this type: said below.
    }
    to.appendNull();
    return skipped(json);
  }

  /** Passes over the value at the parser's token; returns its text, or the beginning of it. */
  public static String skipped(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token.isStructStart()) {
      json.skipChildren();
      return token == JsonToken.START_ARRAY ? "[…]" : "{…}";
    }
    String text = json.getText();
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static boolean appendScalar(JsonParser json, JsonToken token, Type type, ColumnBuilder to)
      throws IOException {
    if (type instanceof Type.Decimal decimal) {
      return appendDecimal(json, token, decimal, to);
    }
    if (!(type instanceof Scalar scalar)) {
      return false;
    }
    boolean text = token == JsonToken.VALUE_STRING;
    switch (scalar) {
      case BOOLEAN -> {
        if (!token.isBoolean()) {
          return false;
        }
        to.appendBoolean(token == JsonToken.VALUE_TRUE);
      }
      case INT32 -> {
        if (!token.isNumeric()) {
          return false;
        }
        to.appendInt(Math.toIntExact(wholeNumber(json, token)));
      }
      case INT64 -> {
        if (!token.isNumeric()) {
          return false;
        }
        to.appendLong(wholeNumber(json, token));
      }
      case FLOAT32 -> to.appendFloat((float) number(json, token));
      case FLOAT64 -> to.appendDouble(number(json, token));
      case STRING -> {
        if (!text) {
          return false;
        }
        to.appendObject(json.getText());
      }
      case BINARY -> {
        if (!text) {
          return false;
        }
        to.appendObject(Base64.getDecoder().decode(json.getText()));
      }
      case DATE -> {
        if (!text) {
          return false;
        }
        to.appendInt(Times.parseDate(json.getText()));
      }
      case TIMESTAMP -> {
        if (!text && token != JsonToken.VALUE_NUMBER_INT) {
          return false;
        }
        to.appendLong(text ? Times.parseInstant(json.getText()) : json.getLongValue());
      }
      case LOCAL_TIMESTAMP -> {
        if (!text) {
          return false;
        }
        to.appendLong(Times.parseLocal(json.getText()));
      }
    }
    return true;
  }

  /** Python's data frames turn integers with gaps into 3.0; that is still a whole number. */
  private static long wholeNumber(JsonParser json, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return json.getLongValue();
    }
    double value = json.getDoubleValue();
    if (value != Math.rint(value) || Math.abs(value) > EXACT_INTEGERS) {
      throw new IllegalArgumentException("not whole");
    }
    return (long) value;
  }

  private static double number(JsonParser json, JsonToken token) throws IOException {
    if (token.isNumeric()) {
      return json.getDoubleValue();
    }
    if (token == JsonToken.VALUE_STRING) {
      switch (json.getText()) {
        case "NaN" -> {
          return Double.NaN;
        }
        case "Infinity" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-Infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> throw new IllegalArgumentException("no number");
      }
    }
    throw new IllegalArgumentException("no number");
  }

  private static boolean appendDecimal(
      JsonParser json, JsonToken token, Type.Decimal type, ColumnBuilder to) throws IOException {
    if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
      return false;
    }
    BigDecimal exact = type.exactly(new BigDecimal(json.getText()));
    if (exact == null) {
      return false;
    }
    to.appendObject(exact);
    return true;
  }

  private static @Nullable String appendVector(JsonParser json, Type.Vector type, ColumnBuilder to)
      throws IOException {
    float[] values = new float[Math.max(8, type.length())];
    int size = 0;
    boolean numbers = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!json.currentToken().isNumeric()) {
        numbers = false;
        json.skipChildren();
        continue;
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = (float) json.getDoubleValue();
    }
    if (!numbers || (type.length() != 0 && size != type.length())) {
      to.appendNull();
      return "[…] of " + size + " numbers";
    }
    to.appendObject(Arrays.copyOf(values, size));
    return null;
  }

  public static void write(JsonGenerator json, Column column, int row) throws IOException {
    if (column.isNull(row)) {
      json.writeNull();
    } else if (column instanceof DoubleColumn doubles) {
      writeNumber(json, doubles.values()[row]);
    } else if (column instanceof LongColumn longs) {
      writeLong(json, longs.type(), longs.values()[row]);
    } else if (column instanceof IntColumn ints) {
      int value = ints.values()[row];
      if (ints.type() == Scalar.DATE) {
        json.writeString(Times.date(value));
      } else {
        json.writeNumber(value);
      }
    } else if (column instanceof FloatColumn floats) {
      float value = floats.values()[row];
      if (Float.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeString(Float.toString(value));
      }
    } else if (column instanceof BooleanColumn booleans) {
      json.writeBoolean(booleans.values()[row]);
    } else {
      writeObject(json, ((ObjectColumn) column).values()[row]);
    }
  }

  /** JSON has no NaN; a string says it. */
  public static void writeNumber(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Double.toString(value));
    }
  }

  private static void writeLong(JsonGenerator json, Type type, long value) throws IOException {
    if (type == Scalar.TIMESTAMP) {
      json.writeString(Times.instant(value));
    } else if (type == Scalar.LOCAL_TIMESTAMP) {
      json.writeString(Times.local(value));
    } else {
      json.writeNumber(value);
    }
  }

  private static void writeObject(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (value instanceof byte[] bytes) {
      json.writeString(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof float[] vector) {
      json.writeStartArray();
      for (float element : vector) {
        json.writeNumber(element);
      }
      json.writeEndArray();
    } else {
      json.writeNull();
    }
  }
}
