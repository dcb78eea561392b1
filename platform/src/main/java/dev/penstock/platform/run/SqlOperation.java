package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Query.Format;
import dev.penstock.sql.Query;
import dev.penstock.sql.SqlResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code penstock sql}: queries over the tables of the lake, now or as of a moment. */
final class SqlOperation {
  private final OpenProject project;

  SqlOperation(OpenProject project) {
    this.project = project;
  }

  Answer run(Operations.Query request) {
    Query query = Query.parse(request.text(), StatementOperation.PLACE, Query.Reach.WAREHOUSE);
    PastStates states = new PastStates(project);
    String at = request.asOf();
    try (ReadTables tables =
        ReadTables.of(project, query, table -> at == null ? Ref.current() : states.of(table, at))) {
      Path out = request.out();
      if (request.format() == Format.TABLE && out == null) {
        return table(query, tables, request.limit());
      }
      if (out == null) {
        return text(query, tables, request);
      }
      long rows =
          request.format() == Format.PARQUET
              ? project.engine().copyToParquet(query, tables.byView(), out)
              : write(query, tables, request.format(), out);
      return Answer.of("wrote " + rows + " rows to " + out);
    }
  }

  /** Rows as text on the screen: all of them, or none. */
  private Answer text(Query query, ReadTables tables, Operations.Query request) {
    StringWriter text = new StringWriter();
    try (SqlResult result = project.engine().query(query, tables.byView(), request.limit())) {
      write(result, request.format(), text);
      if (result.truncated()) {
        throw new PenstockException(
            ErrorCode.USAGE,
            "there are more than " + request.limit() + " rows",
            "raise --limit, or write them to a file with --out");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answer.of(text.toString().stripTrailing());
  }

  /** All rows to a file that is there when it is whole. */
  private long write(Query query, ReadTables tables, Format format, Path out) {
    Path written = out.resolveSibling(out.getFileName() + ".part");
    try (SqlResult result = project.engine().query(query, tables.byView(), Long.MAX_VALUE)) {
      long rows;
      try (Writer writer = Files.newBufferedWriter(written)) {
        rows = write(result, format, writer);
      }
      Files.move(written, out, StandardCopyOption.REPLACE_EXISTING);
      return rows;
    } catch (IOException e) {
      throw unwritable(out, e);
    } finally {
      try {
        Files.deleteIfExists(written);
      } catch (IOException e) {
        written.toFile().deleteOnExit();
      }
    }
  }

  private static PenstockException unwritable(Path out, IOException cause) {
    return new PenstockException(
        ErrorCode.IO,
        Place.of(out.toString()),
        "cannot be written",
        "does its folder exist?",
        cause);
  }

  private static long write(SqlResult result, Format format, Writer writer) throws IOException {
    return switch (format) {
      case CSV -> RowsText.csv(result, writer);
      case JSON -> RowsText.json(result, writer);
      case TABLE, PARQUET ->
          throw new PenstockException(
              ErrorCode.USAGE,
              format.name().toLowerCase(Locale.ROOT) + " is not written so",
              format == Format.PARQUET ? "name a file with --out" : "choose csv, json or parquet");
    };
  }

  private Answer table(Query query, ReadTables tables, int limit) {
    Answer.Builder answer = Answer.builder();
    try (SqlResult result = project.engine().query(query, tables.byView(), limit)) {
      Answer.TableBuilder table = answer.table("rows");
      for (Field field : result.schema().fields()) {
        table.heading(field.name(), format(field.type()));
      }
      long rows = 0;
      for (Batch batch = result.next(); batch != null; batch = result.next()) {
        rows += batch.rows();
        for (int row = 0; row < batch.rows(); row++) {
          Object[] cells = new Object[batch.columns().size()];
          for (int c = 0; c < cells.length; c++) {
            cells[c] = cell(batch.column(c), row);
          }
          table.row(cells);
        }
      }
      table.end();
      if (result.truncated()) {
        answer.note("the first " + rows + " rows; --limit shows more, --out writes all to a file");
      }
    }
    return answer.build();
  }

  private static Answer.Format format(Type type) {
    return type == Scalar.TIMESTAMP ? Answer.Format.TIME : Answer.Format.PLAIN;
  }

  private static @Nullable Object cell(Column column, int row) {
    Object value = column.value(row);
    if (value == null) {
      return null;
    }
    if (column.type() == Scalar.DATE) {
      return LocalDate.ofEpochDay((Integer) value).toString();
    }
    if (column.type() == Scalar.LOCAL_TIMESTAMP && column instanceof LongColumn) {
      return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString().replace("Z", "");
    }
    if (value instanceof float[] vector) {
      return Arrays.toString(vector);
    }
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    return value;
  }
}
