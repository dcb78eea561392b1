package dev.penstock.app.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.app.json.JsonCells;
import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.source.ExtraColumns;
import dev.penstock.source.RawRows;
import dev.penstock.source.RawRows.BrokenRow;
import dev.penstock.source.RawRows.UnreadableCell;
import dev.penstock.source.RowOrigin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Grows a batch from JSON, row by row or column by column. A column that a row leaves out is null
 * there; a value that does not fit its column is null too and noted. In a row, a column that is
 * named by a path is also looked for in the objects inside.
 */
final class JsonRows {
  /** A request holds no more rows than this. */
  static final int MOST_ROWS = 1_000_000;

  private final List<Field> fields;
  private final Schema schema;
  private final ExtraColumns extraColumns;
  private final ColumnBuilder[] builders;
  private final List<UnreadableCell> unreadable = new ArrayList<>();
  private final List<BrokenRow> broken = new ArrayList<>();
  private int rows;

  private JsonRows(List<Field> fields, ExtraColumns extraColumns) {
    this.fields = fields;
    this.schema = new Schema(fields);
    this.extraColumns = extraColumns;
    this.builders = new ColumnBuilder[fields.size()];
    for (int c = 0; c < builders.length; c++) {
      builders[c] = ColumnBuilder.of(fields.get(c).type(), 16);
    }
  }

  /** Rows for a source: its columns, and what a push may say of each row besides. */
  static JsonRows toPush(Schema source, ExtraColumns extraColumns) {
    List<Field> fields = new ArrayList<>(source.fields());
    fields.add(Field.of(RawRows.ID, Scalar.STRING));
    fields.add(Field.of(RawRows.SEEN_TIME, Scalar.TIMESTAMP));
    return new JsonRows(fields, extraColumns);
  }

  /** Rows that ask for something: what they need, and nothing else. */
  static JsonRows toAsk(List<Field> inputs) {
    return new JsonRows(inputs, ExtraColumns.REFUSE);
  }

  int size() {
    return rows;
  }

  /** Reads {@code [{…}, …]}; the parser stands on the bracket. */
  void readArray(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw JsonBody.malformed("'rows' must be a list of objects");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      readObject(json);
    }
  }

  /** Reads one row; the parser stands on the brace. */
  void readObject(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw JsonBody.malformed("row " + rows + " is not an object");
    }
    if (rows == MOST_ROWS) {
      throw tooMany();
    }
    readFields(json, "");
    complete(rows);
  }

  /** Ends a row: what it did not say is null. */
  private void complete(int row) {
    rows = row + 1;
    for (ColumnBuilder builder : builders) {
      if (builder.size() < rows) {
        builder.appendNull();
      }
    }
  }

  /** Keeps the place of a row that is none, though some of it may have been read. */
  void refuse(int row, String written, String reason) {
    broken.add(new BrokenRow(row, written, reason));
    complete(row);
  }

  /** Reads an object's fields; {@code before} is the path to it, with a point behind. */
  private void readFields(JsonParser json, String before) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = before.isEmpty() ? json.currentName() : before + json.currentName();
      boolean object = json.nextToken() == JsonToken.START_OBJECT;
      if (schema.containsGroup(name) && (object || !schema.contains(name))) {
        readGroup(json, name, object);
        continue;
      }
      int column = index(name);
      if (column < 0 || builders[column].size() > rows) {
        json.skipChildren();
        continue;
      }
      append(json, column, rows);
    }
  }

  private void readGroup(JsonParser json, String name, boolean object) throws IOException {
    if (object) {
      readFields(json, name + ".");
    } else if (json.currentToken() != JsonToken.VALUE_NULL) {
      // No object: said of the first field that it should have.
      String field =
          schema.names().stream().filter(path -> path.startsWith(name + ".")).findFirst().get();
      unreadable.add(new UnreadableCell(rows, field, JsonCells.skipped(json)));
    }
  }

  /** Reads {@code {"column": […], …}}; the parser stands on the brace. */
  void readColumns(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw JsonBody.malformed("columns must be an object of lists");
    }
    String first = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      int column = index(name);
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw JsonBody.malformed("column '" + name + "' must be a list");
      }
      int size = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (size == MOST_ROWS) {
          throw tooMany();
        }
        if (column < 0) {
          json.skipChildren();
        } else {
          append(json, column, size);
        }
        size++;
      }
      if (first != null && size != rows) {
        throw JsonBody.malformed(
            "column '" + name + "' has " + size + " values, '" + first + "' has " + rows);
      }
      first = first == null ? name : first;
      rows = size;
    }
    for (ColumnBuilder builder : builders) {
      while (builder.size() < rows) {
        builder.appendNull();
      }
    }
  }

  /** The rows for acceptance, without the columns of {@link RawRows} that no row has. */
  RawRows pushed() {
    Batch all = build();
    List<String> names = new ArrayList<>(schema.names());
    for (String optional : List.of(RawRows.ID, RawRows.SEEN_TIME)) {
      Column column = all.column(optional);
      if (allNull(column)) {
        names.remove(optional);
      }
    }
    return new RawRows(
        all.select(names), new RowOrigin.OfPush(), unreadable, broken, OptionalLong.empty());
  }

  /**
   * The rows of a question.
   *
   * @throws PenstockException if a value does not fit, or one that must be there is missing
   */
  Batch asked() {
    if (!unreadable.isEmpty()) {
      UnreadableCell cell = unreadable.get(0);
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          "row " + cell.row() + ": '" + cell.written() + "' is no " + schema.field(cell.column()),
          "");
    }
    Batch batch = build();
    for (int c = 0; c < fields.size(); c++) {
      Field field = fields.get(c);
      if (!field.nullable()) {
        int missing = firstNull(batch.column(c));
        if (missing >= 0) {
          throw new PenstockException(
              ErrorCode.COLUMN_NOT_FOUND,
              "row " + missing + " has no '" + field.name() + "'",
              "each row needs " + schema);
        }
      }
    }
    return batch;
  }

  private Batch build() {
    return new Batch(schema, Arrays.stream(builders).map(ColumnBuilder::build).toList());
  }

  private void append(JsonParser json, int column, int row) throws IOException {
    String written = JsonCells.append(json, fields.get(column).type(), builders[column]);
    if (written != null) {
      unreadable.add(new UnreadableCell(row, fields.get(column).name(), written));
    }
  }

  private int index(String name) {
    int column = schema.indexOf(name);
    if (column < 0 && extraColumns == ExtraColumns.REFUSE) {
      throw new PenstockException(
          ErrorCode.COLUMN_NOT_FOUND,
          "there is no column '" + name + "'",
          Suggestion.among(name, schema.names()));
    }
    return column;
  }

  static boolean allNull(Column column) {
    for (int row = 0; row < column.size(); row++) {
      if (!column.isNull(row)) {
        return false;
      }
    }
    return true;
  }

  private static int firstNull(Column column) {
    for (int row = 0; row < column.size(); row++) {
      if (column.isNull(row)) {
        return row;
      }
    }
    return -1;
  }

  static PenstockException tooMany() {
    return new PenstockException(
        ErrorCode.LIMIT_EXCEEDED,
        "a request may have " + MOST_ROWS + " rows at most",
        "send them in parts");
  }
}
