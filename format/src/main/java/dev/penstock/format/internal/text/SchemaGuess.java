package dev.penstock.format.internal.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.data.Field;
import dev.penstock.data.Schema;
import dev.penstock.format.internal.ExpectedColumns;
import dev.penstock.format.internal.Problems;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guesses the columns of a text file from its first records. A column is not nullable if every
 * record looked at has a value. Records that cannot be read are passed over.
 */
public final class SchemaGuess {
  /** How many records are looked at. */
  private static final int MOST_RECORDS = 100_000;

  /** Objects further inside are no columns. */
  private static final int LONGEST_PATH = 200;

  private SchemaGuess() {}

  public static Schema ofCsv(Path path) {
    try (CsvRecords records = CsvRecords.open(path)) {
      List<String> header = CsvBatches.header(records, path);
      List<ColumnGuess> guesses = header.stream().map(name -> new ColumnGuess()).toList();
      TextColumn text = new TextColumn(ExpectedColumns.HEADER);
      for (int row = 0; row < MOST_RECORDS && records.next(); row++) {
        if (records.problem() != null || records.fields() != header.size()) {
          continue;
        }
        for (int i = 0; i < header.size(); i++) {
          boolean readable = records.readNullable(i, text) == null;
          guesses.get(i).text(readable ? text.string() : null);
        }
      }
      List<Field> fields = new ArrayList<>();
      for (int i = 0; i < header.size(); i++) {
        guesses.get(i).field(header.get(i)).ifPresent(fields::add);
      }
      return new Schema(fields);
    } catch (IOException | RuntimeException e) {
      throw Problems.reading(path, "the file cannot be read", e);
    }
  }

  public static Schema ofNdjson(Path path) {
    JsonFactory json = new JsonFactory();
    Map<String, ColumnGuess> guesses = new LinkedHashMap<>();
    int objects = 0;
    try (Lines lines = Lines.open(path)) {
      for (int row = 0; row < MOST_RECORDS && lines.next(); row++) {
        if (lines.problem() != null) {
          continue;
        }
        try (JsonParser parser = lines.parser(json)) {
          if (parser.nextToken() == JsonToken.START_OBJECT) {
            objects++;
            look(parser, "", guesses);
          }
        } catch (JsonProcessingException | CharConversionException e) {
          // A bad row: reading the file will report it.
        }
      }
    } catch (IOException | RuntimeException e) {
      throw Problems.reading(path, "the file cannot be read", e);
    }
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, ColumnGuess> entry : guesses.entrySet()) {
      if (guesses.keySet().stream().anyMatch(name -> name.startsWith(entry.getKey() + "."))) {
        continue;
      }
      entry.getValue().seenIn(objects);
      entry.getValue().field(entry.getKey()).ifPresent(fields::add);
    }
    return new Schema(fields);
  }

  /** Looks at an object's fields; {@code before} is the path to it, with a point behind. */
  private static void look(JsonParser parser, String before, Map<String, ColumnGuess> guesses)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String path = before + parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT && path.length() < LONGEST_PATH) {
        look(parser, path + ".", guesses);
        continue;
      }
      ColumnGuess guess = guesses.computeIfAbsent(path, name -> new ColumnGuess());
      switch (token) {
        case VALUE_NULL -> guess.text(null);
        case VALUE_TRUE, VALUE_FALSE -> guess.bool();
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            guess.number(parser.getText(), token == JsonToken.VALUE_NUMBER_INT);
        case VALUE_STRING -> guess.string(parser.getText());
        case START_ARRAY -> lookAtArray(parser, guess);
        default -> {
          parser.skipChildren();
          guess.nested();
        }
      }
    }
  }

  private static void lookAtArray(JsonParser parser, ColumnGuess guess) throws IOException {
    int length = 0;
    boolean numbers = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonToken token = parser.currentToken();
      numbers &= token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
      parser.skipChildren();
      length++;
    }
    if (numbers) {
      guess.vector(length);
    } else {
      guess.nested();
    }
  }
}
