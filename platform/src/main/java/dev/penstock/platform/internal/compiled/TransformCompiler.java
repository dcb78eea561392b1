package dev.penstock.platform.internal.compiled;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.Place;
import dev.penstock.data.RowTransform;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.platform.compiled.CompiledRows;
import dev.penstock.platform.compiled.CompiledTransform;
import dev.penstock.platform.definition.TransformDefinition;
import dev.penstock.platform.definition.Written;
import dev.penstock.sql.ParquetTable;
import dev.penstock.sql.Query;
import dev.penstock.sql.TableReference;
import dev.penstock.sql.Transforms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles transforms: row-wise ones to loops over columns, others for the SQL engine. */
final class TransformCompiler {
  private TransformCompiler() {}

  static Optional<CompiledTransform> compile(
      Compilation compilation, TransformDefinition transform) {
    Query query = transform.query();
    for (String input : transform.inputs()) {
      if (compilation.rows(new Written(input, query.place())).isEmpty()) {
        return Optional.empty();
      }
    }
    Optional<CompiledTransform> compiled =
        isRowWise(compilation, transform)
            ? rowWise(compilation, transform)
            : onEngine(compilation, transform);
    if (compiled.isPresent()) {
      system(compilation, transform, compiled.get().schema());
    }
    return compiled;
  }

  /** Row-wise over rows that have positions: not those of the SQL engine. */
  private static boolean isRowWise(Compilation compilation, TransformDefinition transform) {
    Query query = transform.query();
    return query.rowWise()
        && query.tables().size() == 1
        && query.tables().get(0).asOf() == null
        && compilation
            .rows(new Written(query.tables().get(0).name(), query.place()))
            .map(input -> input.rootSource() != null)
            .orElse(false);
  }

  private static Optional<CompiledTransform> rowWise(
      Compilation compilation, TransformDefinition transform) {
    Query query = transform.query();
    CompiledRows input =
        compilation.rows(new Written(query.tables().get(0).name(), query.place())).orElseThrow();
    Optional<RowTransform> select =
        compilation.attempt(
            query.place(),
            () ->
                Transforms.rowWise(
                    transform.sql().text(),
                    input.name(),
                    input.schema(),
                    compilation.pins(),
                    transform.sql().place()));
    Expression eventTime = null;
    if (transform.eventTime() != null) {
      Optional<Expression> time =
          compilation.expression(
              transform.eventTime(), input.schema(), Scalar.TIMESTAMP, "the event time");
      if (time.isEmpty()) {
        return Optional.empty();
      }
      eventTime = time.get();
    }
    if (select.isEmpty()) {
      return Optional.empty();
    }
    Canonicals canonical =
        new Canonicals(compilation, transform)
            .part("sql", select.get().text())
            .part("runs", "row by row")
            .semantics(select.get().semantics())
            .on(input.name());
    if (eventTime != null) {
      canonical.part("event_time", eventTime.text()).semantics(eventTime.semantics());
    }
    compilation.canonical(transform.name(), canonical.done());
    Pipeline pipeline = Pipeline.of(input.fromRoot(), new Pipeline.Step(eventTime, select.get()));
    return Optional.of(
        new CompiledTransform(
            transform,
            select.get().schema(),
            input.rootSource(),
            pipeline,
            null,
            input.isTimeless() && eventTime == null));
  }

  private static Optional<CompiledTransform> onEngine(
      Compilation compilation, TransformDefinition transform) {
    Query query = transform.query();
    Map<String, ParquetTable> tables = new HashMap<>();
    for (TableReference table : query.tables()) {
      CompiledRows rows = compilation.rows(new Written(table.name(), query.place())).orElseThrow();
      boolean log = rows.rootSource() != null && !rows.isTimeless();
      Schema schema = log ? rows.schema().with(SystemColumns.FIELDS) : rows.schema();
      if (log && compilation.changes(rows) == ChangelogMode.RETRACT) {
        schema = schema.with(SystemColumns.RETRACTION_FIELDS);
        mindful(compilation, query, table.name());
      }
      tables.put(table.view(), new ParquetTable(schema, List.of()));
    }
    Optional<Schema> schema =
        compilation.attempt(query.place(), () -> compilation.engine().describe(query, tables));
    if (schema.isEmpty()) {
      return Optional.empty();
    }
    Expression eventTime = null;
    if (transform.eventTime() != null) {
      Optional<Expression> time =
          compilation.expression(
              transform.eventTime(), schema.get(), Scalar.TIMESTAMP, "the event time");
      if (time.isEmpty()) {
        return Optional.empty();
      }
      eventTime = time.get();
    }
    Canonicals canonical =
        new Canonicals(compilation, transform)
            .part("sql", query.text())
            .part("runs", "on the SQL engine");
    if (eventTime != null) {
      canonical.part("event_time", eventTime.text()).semantics(eventTime.semantics());
    }
    transform.inputs().forEach(canonical::on);
    compilation.canonical(transform.name(), canonical.done());
    return Optional.of(
        new CompiledTransform(transform, schema.get(), null, null, eventTime, eventTime == null));
  }

  /** A query that does not look at what retracts counts a row that was taken back twice. */
  private static void mindful(Compilation compilation, Query query, String table) {
    if (!query.text().contains(SystemColumns.RETRACTS_OFFSET)) {
      compilation.problem(
          ErrorCode.UNSUPPORTED,
          query.place(),
          "rows of '" + table + "' change: its table has each row that was, and each retraction",
          "leave out what was taken back, by "
              + SystemColumns.RETRACTS_PARTITION
              + " and "
              + SystemColumns.RETRACTS_OFFSET);
    }
  }

  private static void system(
      Compilation compilation, TransformDefinition transform, Schema schema) {
    Place place = transform.query().place();
    for (String name : schema.names()) {
      if (name.startsWith("_")) {
        compilation.problem(
            ErrorCode.DEFINITION_VALUE,
            place,
            "the transform gives a column '" + name + "'",
            "names that begin with _ are the system's own; rename it with AS");
      }
    }
  }
}
