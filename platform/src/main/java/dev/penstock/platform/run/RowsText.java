package dev.penstock.platform.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.sql.SqlResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Rows as text. CSV has a line of names first and follows RFC 4180: nothing between two commas is
 * null, and an empty text is {@code ""}. JSON is one object a line. Times are in UTC, bytes in
 * Base64.
 */
final class RowsText {
  private static final JsonFactory JSON = new JsonFactory();

  private RowsText() {}

  /** Writes all rows and says how many. */
  static long csv(SqlResult result, Writer out) throws IOException {
    Schema schema = result.schema();
    out.write(String.join(",", schema.names().stream().map(name -> quoted(name)).toList()) + "\n");
    long rows = 0;
    for (Batch batch = result.next(); batch != null; batch = result.next()) {
      for (int row = 0; row < batch.rows(); row++) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < batch.columns().size(); c++) {
          Object value = value(batch.column(c), row);
          line.append(c == 0 ? "" : ",").append(value == null ? "" : quoted(text(value)));
        }
        out.write(line.append('\n').toString());
      }
      rows += batch.rows();
    }
    return rows;
  }

  private static String text(Object value) {
    return value instanceof float[] vector ? Arrays.toString(vector) : value.toString();
  }

  private static String quoted(String text) {
    return text.isEmpty() || text.matches("(?s).*[\",\\r\\n].*")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  /** Writes all rows and says how many. */
  static long json(SqlResult result, Writer out) throws IOException {
    Schema schema = result.schema();
    long rows = 0;
    for (Batch batch = result.next(); batch != null; batch = result.next()) {
      for (int row = 0; row < batch.rows(); row++) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
          json.writeStartObject();
          for (int c = 0; c < batch.columns().size(); c++) {
            json.writeFieldName(schema.field(c).name());
            write(json, value(batch.column(c), row));
          }
          json.writeEndObject();
        }
        out.write(line + "\n");
      }
      rows += batch.rows();
    }
    return rows;
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean is) {
      json.writeBoolean(is);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Float number && !number.isNaN() && !number.isInfinite()) {
      json.writeNumber(number);
    } else if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      json.writeNumber(number);
    } else if (value instanceof float[] vector) {
      json.writeStartArray();
      for (float number : vector) {
        json.writeNumber(number);
      }
      json.writeEndArray();
    } else {
      json.writeString(value.toString());
    }
  }

  private static @Nullable Object value(Column column, int row) {
    Object value = column.value(row);
    if (value instanceof Long micros && column.type() == Scalar.TIMESTAMP) {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
    if (value instanceof Long micros && column.type() == Scalar.LOCAL_TIMESTAMP) {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString().replace("Z", "");
    }
    if (value instanceof Integer days && column.type() == Scalar.DATE) {
      return LocalDate.ofEpochDay(days);
    }
    return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value;
  }
}
