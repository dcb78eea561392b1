package dev.penstock.platform.internal.compiled;

import dev.penstock.data.EntityKey;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.definition.CheckLine;
import dev.penstock.platform.definition.ColumnDefinition;
import dev.penstock.platform.definition.ExpressionLine;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.platform.definition.SourceDefinition.Changes;
import dev.penstock.platform.definition.SourceDefinition.ExtraColumns;
import dev.penstock.platform.definition.SourceDefinition.Seen;
import dev.penstock.platform.definition.Written;
import dev.penstock.quality.Check;
import dev.penstock.quality.Measure;
import dev.penstock.quality.Severity;
import dev.penstock.source.ChangeFeed;
import dev.penstock.source.NamedExpression;
import dev.penstock.source.RowId;
import dev.penstock.source.SeenTime;
import dev.penstock.source.SourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles sources, and the checks of many rows that sources and datasets have. */
final class SourceCompiler {
  private SourceCompiler() {}

  static Optional<CompiledSource> compile(Compilation compilation, SourceDefinition source) {
    int before = compilation.problemCount();
    Schema columns = source.contract();
    Schema schema = columns;
    List<NamedExpression> computed = new ArrayList<>();
    for (ExpressionLine line : source.computed()) {
      Optional<Expression> expression =
          compilation.expression(line.expression(), schema, null, "a column");
      if (expression.isEmpty()) {
        return Optional.empty();
      }
      computed.add(new NamedExpression(line.name(), expression.get()));
      schema = schema.with(List.of(Field.of(line.name(), expression.get().type())));
    }
    Written time = source.eventTime();
    Optional<Expression> eventTime =
        time == null
            ? Optional.empty()
            : compilation.expression(time, schema, Scalar.TIMESTAMP, "the event time");
    List<NamedExpression> rules = new ArrayList<>();
    for (ExpressionLine line : source.rules()) {
      compilation
          .expression(line.expression(), schema, Scalar.BOOLEAN, "a rule")
          .ifPresent(expression -> rules.add(new NamedExpression(line.name(), expression)));
    }
    List<Check> checks = checks(compilation, source.checks(), schema);
    if (source.file() != null) {
      dimension(compilation, source, source.file());
    }
    if (source.seen() instanceof Seen.InColumn seen) {
      arrival(compilation, columns, seen.column());
    }
    ChangeFeed changes = changes(compilation, source, columns);
    if (compilation.problemCount() > before) {
      return Optional.empty();
    }
    Canonicals canonical = canonical(compilation, source, computed, rules, checks);
    SourceSpec spec = null;
    if (eventTime.isPresent()) {
      canonical.part("event_time", eventTime.get().text()).semantics(eventTime.get().semantics());
      spec =
          new SourceSpec(
              source.name(),
              columns,
              computed,
              eventTime.get(),
              seenTime(source),
              rowId(source),
              rules,
              source.futureAllowance(),
              source.idMemory(),
              List.of(),
              source.extraColumns() == ExtraColumns.IGNORE
                  ? dev.penstock.source.ExtraColumns.IGNORE
                  : dev.penstock.source.ExtraColumns.REFUSE,
              changes);
    }
    compilation.canonical(source.name(), canonical.done());
    return Optional.of(new CompiledSource(source, spec, schema, checks));
  }

  /** Asks for the rows, so that a file that is wrong is told even if nothing looks it up. */
  private static void dimension(Compilation compilation, SourceDefinition source, Written file) {
    compilation.attempt(
        file.place(), () -> Optional.ofNullable(compilation.pins().table(source.name())));
  }

  private static void arrival(Compilation compilation, Schema columns, Written column) {
    Type type = columns.field(column.text()).type();
    if (type != Scalar.TIMESTAMP) {
      compilation.problem(
          ErrorCode.TYPE_MISMATCH,
          column.place(),
          "the time a row was seen must be timestamp, and '" + column + "' is " + type,
          "");
    }
  }

  private static @Nullable ChangeFeed changes(
      Compilation compilation, SourceDefinition source, Schema columns) {
    Changes changes = source.changes();
    if (changes == null) {
      return null;
    }
    boolean right = true;
    for (Written column : source.primaryKey()) {
      Type type = columns.field(column.text()).type();
      if (!EntityKey.canHold(type)) {
        compilation.problem(
            ErrorCode.TYPE_MISMATCH,
            column.place(),
            "no primary key can have a column of type " + type + ", as '" + column + "' is",
            "a key has columns of type string, int32, int64, boolean or date");
        right = false;
      }
    }
    Written operation = changes.operation();
    if (operation != null && columns.field(operation.text()).type() != Scalar.STRING) {
      compilation.problem(
          ErrorCode.TYPE_MISMATCH,
          operation.place(),
          "the column that says what a row does must be string, and '"
              + operation
              + "' is "
              + columns.field(operation.text()).type(),
          "");
      right = false;
    }
    return right
        ? new ChangeFeed(
            source.primaryKey().stream().map(Written::text).toList(),
            operation == null ? null : operation.text(),
            changes.puts(),
            changes.deletes())
        : null;
  }

  private static SeenTime seenTime(SourceDefinition source) {
    if (source.seen() instanceof Seen.InColumn seen) {
      return new SeenTime.Arrival(seen.column().text());
    } else if (source.seen() instanceof Seen.Lag lag) {
      return new SeenTime.Lag(lag.lag());
    }
    throw new AssertionError(source.seen());
  }

  private static RowId rowId(SourceDefinition source) {
    return source.id() instanceof SourceDefinition.RowId.InColumn id
        ? new RowId.FromColumn(id.column().text())
        : RowId.MADE;
  }

  private static Canonicals canonical(
      Compilation compilation,
      SourceDefinition source,
      List<NamedExpression> computed,
      List<NamedExpression> rules,
      List<Check> checks) {
    Canonicals canonical = new Canonicals(compilation, source);
    for (ColumnDefinition column : source.columns()) {
      Field field = column.field();
      canonical.part(
          "column " + field.name(), field.type() + (field.nullable() ? "" : " not null"));
    }
    computed.forEach(
        line -> {
          canonical.part("computed " + line.name(), line.expression().text());
          canonical.semantics(line.expression().semantics());
        });
    rules.forEach(
        line -> {
          canonical.part("rule " + line.name(), line.expression().text());
          canonical.semantics(line.expression().semantics());
        });
    own(canonical, checks);
    if (!source.primaryKey().isEmpty()) {
      canonical.part(
          "primary_key",
          String.join(", ", source.primaryKey().stream().map(Written::text).toList()));
    }
    if (source.file() != null) {
      return canonical.own("file", source.file());
    }
    if (source.files() != null) {
      canonical.own("files", source.files().patterns());
    }
    Changes changes = source.changes();
    if (changes != null) {
      Written operation = changes.operation();
      canonical.part(
          "changes",
          operation == null
              ? "upserts"
              : "column "
                  + operation
                  + " puts "
                  + sorted(changes.puts())
                  + " deletes "
                  + sorted(changes.deletes()));
    }
    if (source.seen() instanceof Seen.InColumn seen) {
      canonical.part("seen", "column " + seen.column());
    } else if (source.seen() instanceof Seen.Lag lag) {
      canonical.part("seen", "lag " + lag.lag());
    }
    canonical.part(
        "id",
        source.id() instanceof SourceDefinition.RowId.InColumn id
            ? "column " + id.column()
            : "row number");
    return canonical
        .own("remember_ids", source.idMemory())
        .own("future_allowance", source.futureAllowance())
        .own("extra_columns", source.extraColumns() == ExtraColumns.IGNORE ? "ignore" : "refuse");
  }

  private static String sorted(Set<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }

  static List<Check> checks(Compilation compilation, List<CheckLine> lines, Schema schema) {
    List<Check> checks = new ArrayList<>();
    for (CheckLine line : lines) {
      check(compilation, line, schema).ifPresent(checks::add);
    }
    return checks;
  }

  private static Optional<Check> check(Compilation compilation, CheckLine line, Schema schema) {
    Optional<Measure> measure = Measure.named(line.measure().text());
    if (measure.isEmpty()) {
      compilation.problem(
          ErrorCode.AGGREGATE_NOT_FOUND,
          line.measure().place(),
          "there is no measure '" + line.measure() + "'",
          Suggestion.among(line.measure().text(), Measure.names()));
      return Optional.empty();
    }
    int wanted = measure.get() == Measure.ROW_COUNT ? 0 : 1;
    if (line.arguments().size() != wanted) {
      compilation.problem(
          ErrorCode.DEFINITION_VALUE,
          line.measure().place(),
          measure.get() + " takes " + (wanted == 0 ? "no argument" : "one argument"),
          "");
      return Optional.empty();
    }
    if (wanted == 0) {
      return Optional.of(check(line, measure.get(), null));
    }
    Written sql = line.arguments().get(0);
    return compilation
        .expression(sql, schema, null, "an argument")
        .flatMap(
            argument ->
                compilation.attempt(sql.place(), () -> check(line, measure.get(), argument)));
  }

  private static Check check(CheckLine line, Measure measure, @Nullable Expression argument) {
    return new Check(line.text(), measure, argument, line.bound(), line.severity());
  }

  /** Adds checks to a meaning as what they are: they decide on files, not on values. */
  static void own(Canonicals canonical, List<Check> checks) {
    for (Check check : checks) {
      String argument = check.argument() == null ? "" : "(" + check.argument().text() + ")";
      canonical.own(
          "check " + check.measure() + argument + " " + check.bound(),
          check.severity() == Severity.WARN ? "warns" : "must hold");
    }
  }
}
