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
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.lake.TableFiles;
import dev.penstock.lake.TableScan;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.sql.ParquetTable;
import dev.penstock.sql.Query;
import dev.penstock.sql.SqlResult;
import dev.penstock.sql.TableReference;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code penstock sql}: queries over the tables of the lake, now or as of a moment. */
final class SqlOperation {
  private final OpenProject project;

  SqlOperation(OpenProject project) {
    this.project = project;
  }

  Answer run(Operations.Query request) {
    Query query = Query.parse(request.text(), Place.of("query"));
    Map<String, ParquetTable> tables = tables(query, table -> request.asOf());
    if (request.out() != null) {
      long rows = project.engine().copyToParquet(query, tables, request.out());
      return Answer.of("wrote " + rows + " rows to " + request.out());
    }
    Answer.Builder answer = Answer.builder();
    try (SqlResult result = project.engine().query(query, tables, request.limit())) {
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
        answer.note("the first " + rows + " rows; --limit shows more, --out writes all to Parquet");
      }
    }
    return answer.build();
  }

  /**
   * The files of every table the query reads, in the state it asks for.
   *
   * @param asOf for a table's name, the state it is in where the query says none; null for now
   */
  Map<String, ParquetTable> tables(Query query, Function<String, @Nullable String> asOf) {
    Map<String, ParquetTable> tables = new HashMap<>();
    for (TableReference reference : query.tables()) {
      LakeTable table = project.lake().table(reference.name());
      String wanted = reference.asOf() != null ? reference.asOf() : asOf.apply(reference.name());
      Ref ref = wanted == null ? Ref.current() : ref(table, wanted);
      TableScan scan = table.scan().at(ref);
      if (table.currentSnapshot().isEmpty()) {
        tables.put(reference.view(), new ParquetTable(table.schema(), List.of()));
        continue;
      }
      TableFiles files = scan.files();
      tables.put(reference.view(), new ParquetTable(scan.schema(), files.paths()));
    }
    return tables;
  }

  /** A tag, a branch, a snapshot's id, or a moment in UTC. */
  static Ref ref(LakeTable table, String text) {
    if (table.tags().containsKey(text)) {
      return Ref.tag(text);
    }
    if (table.branches().containsKey(text)) {
      return Ref.branch(text);
    }
    if (text.matches("\\d{6,19}")) {
      return Ref.snapshot(Long.parseLong(text));
    }
    try {
      String written = text.replace(' ', 'T');
      Instant moment =
          written.length() == 10
              ? LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant()
              : written.endsWith("Z")
                  ? Instant.parse(written)
                  : LocalDateTime.parse(written).toInstant(ZoneOffset.UTC);
      return Ref.asOf(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
    } catch (DateTimeParseException e) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          null,
          "table '" + table.name() + "' has no tag, branch or snapshot '" + text + "'",
          "tags: " + table.tags().keySet() + "; a moment is written 2001-05-01T00:00:00Z",
          e);
    }
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
