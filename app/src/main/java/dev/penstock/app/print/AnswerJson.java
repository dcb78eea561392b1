package dev.penstock.app.print;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Answer.Fact;
import dev.penstock.platform.command.Answer.Facts;
import dev.penstock.platform.command.Answer.Format;
import dev.penstock.platform.command.Answer.Heading;
import dev.penstock.platform.command.Answer.Note;
import dev.penstock.platform.command.Answer.Part;
import dev.penstock.platform.command.Answer.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints an answer for programs: one JSON object with a member for each table (an array of objects)
 * and each group of facts (an object), and {@code notes}.
 */
public final class AnswerJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AnswerJson() {}

  public static void print(Answer answer, PrintWriter out) {
    out.println(text(json -> writeAnswer(json, answer)));
    out.flush();
  }

  /**
   * {@code {"error": {"code": …, "place": …, "message": …, "hint": …}}} on one line. Where there
   * are several, {@code error} is the first and {@code errors} are all.
   */
  public static void print(List<PenstockException> all, PrintWriter out) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeFieldName("error");
      writeError(json, all.get(0));
      if (all.size() > 1) {
        json.writeArrayFieldStart("errors");
        for (PenstockException error : all) {
          writeError(json, error);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(text);
    out.flush();
  }

  private static void writeError(JsonGenerator json, PenstockException error) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", error.code().name());
    Place place = error.place();
    if (place != null) {
      json.writeStringField("place", place.toString());
    }
    json.writeStringField("message", error.what());
    json.writeStringField("hint", error.hint());
    json.writeEndObject();
  }

  private static void writeAnswer(JsonGenerator json, Answer answer) throws IOException {
    json.writeStartObject();
    for (Part part : answer.parts()) {
      if (part instanceof Facts facts) {
        json.writeObjectFieldStart(facts.name());
        for (Fact fact : facts.facts()) {
          json.writeFieldName(fact.name());
          writeValue(json, fact.value(), fact.format());
        }
        json.writeEndObject();
      } else if (part instanceof Table table) {
        json.writeArrayFieldStart(table.name());
        for (List<@Nullable Object> row : table.rows()) {
          writeRow(json, table.headings(), row);
        }
        json.writeEndArray();
      }
    }
    List<String> notes =
        answer.parts().stream()
            .filter(Note.class::isInstance)
            .map(part -> ((Note) part).text())
            .toList();
    if (!notes.isEmpty()) {
      json.writeFieldName("notes");
      json.writeArray(notes.toArray(new String[0]), 0, notes.size());
    }
    json.writeEndObject();
  }

  private static void writeRow(
      JsonGenerator json, List<Heading> headings, List<@Nullable Object> row) throws IOException {
    json.writeStartObject();
    for (int c = 0; c < row.size(); c++) {
      json.writeFieldName(headings.get(c).name());
      writeValue(json, row.get(c), headings.get(c).format());
    }
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, @Nullable Object value, Format format)
      throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (format == Format.TIME && value instanceof Number micros) {
      json.writeString(Times.instant(micros.longValue()));
    } else if (value instanceof Long || value instanceof Integer) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (value instanceof Float number && Float.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(value.toString());
    }
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String text(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
