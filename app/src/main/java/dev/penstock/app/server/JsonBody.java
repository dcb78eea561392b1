package dev.penstock.app.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.app.json.Json;
import dev.penstock.app.print.Times;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's JSON object. Members may come in any order, and how the rows are to be read depends
 * on others; so a first pass finds where each member lies, and each is parsed when it is wanted.
 */
final class JsonBody {
  private final byte[] bytes;
  private final Map<String, Range> members = new LinkedHashMap<>();

  private record Range(int from, int to) {}

  private JsonBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws PenstockException {@code FILE_FORMAT} if the body is no JSON object
   */
  static JsonBody parse(byte[] bytes) {
    JsonBody body = new JsonBody(bytes);
    try (JsonParser json = Json.FACTORY.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("the body is not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
        json.skipChildren();
        // A number or text is read lazily; its end is known once it was asked for.
        json.getTextLength();
        body.members.put(
            name, new Range(from, Math.toIntExact(json.currentLocation().getByteOffset())));
      }
      if (json.nextToken() != null) {
        throw malformed("there is more after the JSON object");
      }
    } catch (IOException e) {
      throw malformed(e.getMessage());
    }
    return body;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** A parser that stands on the first token of the member. */
  JsonParser open(String name) throws IOException {
    Range range = members.get(name);
    if (range == null) {
      throw new PenstockException(
          ErrorCode.USAGE, "the request has no member '" + name + "'", "see /openapi.json");
    }
    JsonParser json = Json.FACTORY.createParser(bytes, range.from, range.to - range.from);
    json.nextToken();
    return json;
  }

  @Nullable String text(String name) throws IOException {
    if (!has(name)) {
      return null;
    }
    try (JsonParser json = open(name)) {
      return switch (json.currentToken()) {
        case VALUE_NULL -> null;
        case VALUE_STRING -> json.getText();
        default -> throw wrong(name, "a string");
      };
    }
  }

  String requiredText(String name) throws IOException {
    String text = text(name);
    if (text == null) {
      open(name).close();
      throw wrong(name, "a string");
    }
    return text;
  }

  boolean flag(String name) throws IOException {
    if (!has(name)) {
      return false;
    }
    try (JsonParser json = open(name)) {
      return switch (json.currentToken()) {
        case VALUE_TRUE -> true;
        case VALUE_FALSE, VALUE_NULL -> false;
        default -> throw wrong(name, "true or false");
      };
    }
  }

  /** Null if there is no such member. */
  @Nullable List<String> texts(String name) throws IOException {
    if (!has(name)) {
      return null;
    }
    try (JsonParser json = open(name)) {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        return null;
      }
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw wrong(name, "a list of strings");
      }
      List<String> texts = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
          throw wrong(name, "a list of strings");
        }
        texts.add(json.getText());
      }
      return texts;
    }
  }

  /** A moment in microseconds, written as a number of them or as text; null if there is none. */
  @Nullable Long moment(String name) throws IOException {
    if (!has(name)) {
      return null;
    }
    try (JsonParser json = open(name)) {
      return switch (json.currentToken()) {
        case VALUE_NULL -> null;
        case VALUE_NUMBER_INT -> json.getLongValue();
        case VALUE_STRING -> Times.parseInstant(json.getText());
        default -> throw wrong(name, "a moment");
      };
    } catch (DateTimeException e) {
      throw wrong(name, "a moment such as 2001-06-01T00:00:00Z");
    }
  }

  static PenstockException malformed(@Nullable String why) {
    return new PenstockException(
        ErrorCode.FILE_FORMAT, "the request is not understood: " + why, "see /openapi.json");
  }

  private static PenstockException wrong(String name, String wanted) {
    return new PenstockException(
        ErrorCode.TYPE_MISMATCH, "'" + name + "' must be " + wanted, "see /openapi.json");
  }
}
