package dev.penstock.format.internal.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A JSON value as the value of a column: of its own kind, nothing is guessed. */
final class JsonValues {
  private JsonValues() {}

  /** Takes the value that begins with this token; returns what is wrong with it, or null. */
  static @Nullable String read(JsonParser parser, JsonToken token, TextColumn column)
      throws IOException {
    Type type = column.field().type();
    return switch (token) {
      case VALUE_NULL -> {
        column.setNull();
        yield null;
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        if (type != Scalar.BOOLEAN) {
          yield column.wrong(parser.getText(), null);
        }
        column.set(token == JsonToken.VALUE_TRUE ? 1L : 0L);
        yield null;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, token, column);
      case VALUE_STRING -> string(parser, column);
      case START_ARRAY -> {
        if (type instanceof Type.Vector vector) {
          yield vector(parser, column, vector);
        }
        yield column.wrong(skipped(parser), null);
      }
      default -> column.wrong(skipped(parser), null);
    };
  }

  /** Passes over the value at the parser's token; returns its text, or what stands for it. */
  static String skipped(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isStructStart()) {
      parser.skipChildren();
      return token == JsonToken.START_ARRAY ? "[…]" : "{…}";
    }
    return parser.getText();
  }

  private static @Nullable String number(JsonParser parser, JsonToken token, TextColumn column)
      throws IOException {
    Type type = column.field().type();
    try {
      if (type instanceof Type.Decimal decimal) {
        column.set(TextColumn.decimal(parser.getDecimalValue(), decimal));
      } else if (type == Scalar.FLOAT64 || type == Scalar.FLOAT32) {
        column.set(parser.getDoubleValue());
      } else if (token == JsonToken.VALUE_NUMBER_INT && type == Scalar.INT64) {
        column.set(parser.getLongValue());
      } else if (token == JsonToken.VALUE_NUMBER_INT && type == Scalar.INT32) {
        column.set((long) parser.getIntValue());
      } else {
        return column.wrong(parser.getText(), null);
      }
      return null;
    } catch (InputCoercionException | ArithmeticException e) {
      return column.wrong(parser.getText(), null);
    }
  }

  private static @Nullable String string(JsonParser parser, TextColumn column) throws IOException {
    Type type = column.field().type();
    String text = parser.getText();
    if (type == Scalar.STRING) {
      column.set((Object) text);
      return null;
    }
    if (type == Scalar.DATE
        || type == Scalar.TIMESTAMP
        || type == Scalar.LOCAL_TIMESTAMP
        || type == Scalar.BINARY
        || type instanceof Type.Decimal) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return bytes.length == 0 ? column.wrong(text, null) : column.parse(bytes, 0, bytes.length);
    }
    return column.wrong(text, null);
  }

  private static @Nullable String vector(JsonParser parser, TextColumn column, Type.Vector type)
      throws IOException {
    float[] elements = new float[Math.max(type.length(), 16)];
    int length = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonToken token = parser.currentToken();
      if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
        return column.wrong(skipped(parser), "an element is no number");
      }
      if (length == elements.length) {
        elements = Arrays.copyOf(elements, length * 2);
      }
      // By way of a double, as everywhere: a float read at once may differ in its last bit.
      elements[length++] = (float) parser.getDoubleValue();
    }
    float[] vector = Arrays.copyOf(elements, length);
    if (type.length() != 0 && length != type.length()) {
      return column.wrong("[…]", length + " elements");
    }
    column.set((Object) vector);
    return null;
  }
}
