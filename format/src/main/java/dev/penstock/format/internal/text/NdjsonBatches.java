package dev.penstock.format.internal.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.data.Schema;
import dev.penstock.format.BadRow;
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.internal.Problems;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object per line. A key that is missing is null. A column that is named by a path
 * is also looked for in the objects inside.
 */
public final class NdjsonBatches extends TextBatches {
  private final JsonFactory json = new JsonFactory();
  private final Lines lines;
  private final Schema expected;
  private final ExtraColumns extra;
  private final BitSet seen = new BitSet();

  private NdjsonBatches(
      Path path, Schema expected, ExtraColumns extra, Consumer<BadRow> badRows, Lines lines) {
    super(path, expected, badRows);
    this.expected = expected;
    this.extra = extra;
    this.lines = lines;
  }

  public static NdjsonBatches open(
      Path path, Schema expected, ExtraColumns extra, Consumer<BadRow> badRows) {
    try {
      return new NdjsonBatches(path, expected, extra, badRows, Lines.open(path));
    } catch (IOException e) {
      throw Problems.reading(path, "the file cannot be read", e);
    }
  }

  @Override
  boolean nextRecord() throws IOException {
    return lines.next();
  }

  @Override
  @Nullable String parseRecord() throws IOException {
    if (lines.problem() != null) {
      return lines.problem();
    }
    try (JsonParser parser = lines.parser(json)) {
      return parseObject(parser);
    } catch (JsonProcessingException e) {
      return "it is not JSON: " + e.getOriginalMessage();
    } catch (CharConversionException e) {
      return "it is not UTF-8: " + e.getMessage();
    }
  }

  private @Nullable String parseObject(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return "it is not a JSON object";
    }
    seen.clear();
    columns.forEach(TextColumn::setNull);
    String problem = parseFields(parser, "");
    if (problem != null) {
      return problem;
    }
    return parser.nextToken() == null ? null : "text follows the object";
  }

  /** The fields of an object; {@code before} is the path to it, with a point behind. */
  private @Nullable String parseFields(JsonParser parser, String before) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = before.isEmpty() ? parser.currentName() : before + parser.currentName();
      JsonToken token = parser.nextToken();
      int index = expected.indexOf(name);
      if (expected.containsGroup(name) && (index < 0 || token == JsonToken.START_OBJECT)) {
        String problem = parseGroup(parser, token, name);
        if (problem != null) {
          return problem;
        }
        continue;
      }
      if (index < 0) {
        if (extra == ExtraColumns.REFUSE) {
          return "key '" + name + "' was not expected";
        }
        parser.skipChildren();
        continue;
      }
      if (seen.get(index)) {
        return "key '" + name + "' is there twice";
      }
      seen.set(index);
      String problem = JsonValues.read(parser, token, columns.get(index));
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String parseGroup(JsonParser parser, JsonToken token, String name)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      return parseFields(parser, name + ".");
    }
    return token == JsonToken.VALUE_NULL
        ? null
        : "column '" + name + "': '" + JsonValues.skipped(parser) + "' is no object";
  }

  @Override
  long line() {
    return lines.line();
  }

  @Override
  String text() {
    return lines.text();
  }

  @Override
  void closeSource() throws IOException {
    lines.close();
  }
}
