package dev.penstock.app.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.app.json.Json;
import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.SentRows;
import dev.penstock.platform.serve.Intake;
import dev.penstock.source.ExtraColumns;
import dev.penstock.source.RawRows;
import dev.penstock.source.RowOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The rows of a push, whatever form they came in. Where a form lets one row be wrong and the next
 * be read, a wrong row refuses itself alone: it keeps its place and goes to quarantine as sent.
 *
 * @param lines where each row stood
 */
record EventRows(RawRows rows, Lines lines) {
  static final Lines NO_LINES = index -> 0;

  /** What the rows of one request may take in memory, beyond the request itself. */
  private static final long MOST_BYTES = 4 * PenstockServer.MOST_BODY_BYTES;

  private static final int SHOWN_CHARACTERS = 4096;

  /** The line, from 1, that a row of that index stands on; 0 where there are no lines. */
  interface Lines {
    int of(int index);
  }

  /**
   * Reads all rows.
   *
   * @throws PenstockException {@code FILE_FORMAT} if no rows can be told apart, {@code
   *     LIMIT_EXCEEDED} if there are too many
   */
  static EventRows read(EventForm form, byte[] body, Intake intake, int mostRows)
      throws IOException {
    return switch (form) {
      case JSON -> ofList(body, JsonRows.toPush(intake.schema(), intake.extraColumns()));
      case NDJSON -> ofLines(body, JsonRows.toPush(intake.schema(), intake.extraColumns()));
      case ARROW -> ofSent(SentRows.ofArrow(body, bounds(intake, mostRows)));
      case AVRO -> ofSent(SentRows.ofAvro(body, bounds(intake, mostRows)));
    };
  }

  private static SentRows.Bounds bounds(Intake intake, int mostRows) {
    Schema schema = intake.schema();
    return new SentRows.Bounds(
        column ->
            intake.extraColumns() == ExtraColumns.REFUSE
                || schema.contains(column)
                || column.equals(RawRows.ID)
                || column.equals(RawRows.SEEN_TIME),
        mostRows,
        MOST_BYTES);
  }

  private static EventRows ofList(byte[] body, JsonRows rows) throws IOException {
    try (JsonParser json = Json.FACTORY.createParser(body)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw JsonBody.malformed("the body is not a list of objects");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        readElement(json, body, rows);
      }
      if (json.nextToken() != null) {
        throw JsonBody.malformed("there is more after the list");
      }
    }
    return new EventRows(rows.pushed(), NO_LINES);
  }

  private static void readElement(JsonParser json, byte[] body, JsonRows rows) throws IOException {
    int row = rows.size();
    int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
    JsonStreamContext list =
        json.currentToken().isStructStart()
            ? json.getParsingContext().getParent()
            : json.getParsingContext();
    try {
      rows.readObject(json);
    } catch (PenstockException mistake) {
      passOver(mistake);
      while (json.getParsingContext() != list) {
        json.nextToken();
      }
      json.getTextLength();
      int to = Math.toIntExact(json.currentLocation().getByteOffset());
      rows.refuse(row, text(body, from, to), mistake.what());
    }
  }

  private static EventRows ofLines(byte[] body, JsonRows rows) throws IOException {
    List<Integer> lines = new ArrayList<>();
    int from = 0;
    for (int line = 1; from < body.length; line++) {
      int to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      if (!PushEndpoints.isBlank(body, from, to)) {
        lines.add(line);
        readLine(body, from, to, rows);
      }
      from = to + 1;
    }
    return new EventRows(rows.pushed(), lines::get);
  }

  private static void readLine(byte[] body, int from, int to, JsonRows rows) throws IOException {
    int row = rows.size();
    try (JsonParser json = Json.FACTORY.createParser(body, from, to - from)) {
      json.nextToken();
      rows.readObject(json);
      if (json.nextToken() != null) {
        rows.refuse(row, text(body, from, to), "the line has more after its object");
      }
    } catch (JsonProcessingException e) {
      rows.refuse(row, text(body, from, to), e.getOriginalMessage());
    } catch (PenstockException mistake) {
      passOver(mistake);
      rows.refuse(row, text(body, from, to), mistake.what());
    }
  }

  /** Too many rows are no mistake of one of them. */
  private static void passOver(PenstockException mistake) {
    if (mistake.code() == ErrorCode.LIMIT_EXCEEDED) {
      throw mistake;
    }
  }

  private static String text(byte[] body, int from, int to) {
    return new String(body, from, Math.min(to - from, SHOWN_CHARACTERS), StandardCharsets.UTF_8);
  }

  private static EventRows ofSent(SentRows sent) {
    List<RawRows.UnreadableCell> unreadable =
        sent.bad().stream()
            .map(bad -> new RawRows.UnreadableCell(bad.row(), bad.column(), bad.written()))
            .toList();
    return new EventRows(
        new RawRows(named(sent.rows()), new RowOrigin.OfPush(), unreadable, OptionalLong.empty()),
        NO_LINES);
  }

  /** An id may be a number; when a row became known is a moment. */
  private static Batch named(Batch rows) {
    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < rows.schema().size(); c++) {
      Field field = rows.schema().field(c);
      Column column = rows.column(c);
      if (field.name().equals(RawRows.ID) && field.type() != Scalar.STRING) {
        field = Field.of(RawRows.ID, Scalar.STRING);
        column = asText(column);
      } else if (field.name().equals(RawRows.SEEN_TIME) && field.type() != Scalar.TIMESTAMP) {
        throw new PenstockException(
            ErrorCode.TYPE_MISMATCH,
            "column '" + RawRows.SEEN_TIME + "' is " + field.type(),
            "send a timestamp with a zone");
      }
      fields.add(field);
      columns.add(column);
    }
    return new Batch(new Schema(fields), columns);
  }

  private static Column asText(Column column) {
    ColumnBuilder text = ColumnBuilder.of(Scalar.STRING, column.size());
    for (int row = 0; row < column.size(); row++) {
      Object value = column.value(row);
      text.append(value == null ? null : value.toString());
    }
    return text.build();
  }
}
