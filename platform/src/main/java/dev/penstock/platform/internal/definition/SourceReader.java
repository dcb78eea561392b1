package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Span;
import dev.penstock.platform.definition.About;
import dev.penstock.platform.definition.CheckLine;
import dev.penstock.platform.definition.ColumnDefinition;
import dev.penstock.platform.definition.ExpressionLine;
import dev.penstock.platform.definition.RawFiles;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.platform.definition.SourceDefinition.Changes;
import dev.penstock.platform.definition.SourceDefinition.ExtraColumns;
import dev.penstock.platform.definition.SourceDefinition.RowId;
import dev.penstock.platform.definition.SourceDefinition.Seen;
import dev.penstock.platform.definition.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads a {@code source}. */
final class SourceReader {
  private static final List<String> DIMENSION_HAS_NO =
      List.of(
          "computed",
          "event_time",
          "seen",
          "id",
          "remember_ids",
          "future_allowance",
          "rules",
          "checks",
          "changes");

  private static final List<String> FILES_HAVE_NO =
      List.of("columns", "id", "remember_ids", "extra_columns", "primary_key", "changes", "file");

  private SourceReader() {}

  static Optional<SourceDefinition> read(Document document) {
    Fields fields = document.fields();
    Optional<RawFiles> files = files(fields);
    List<ColumnDefinition> columns =
        files.isPresent() ? fileColumns(fields) : Shapes.columns(fields, "columns");
    if (files.isEmpty()) {
      Shapes.requireSome(fields, "columns");
    }
    List<ExpressionLine> computed = Shapes.expressions(fields, "computed");
    Optional<Written> eventTime =
        fields
            .text("event_time")
            .or(() -> files.map(all -> new Written(RawFiles.EVENT_TIME, fields.place())));
    Optional<Written> file = fields.text("file");
    List<Written> primaryKey = fields.texts("primary_key");
    Optional<Changes> changes = ChangesReader.read(fields);
    Seen seen = seen(fields);
    RowId id = id(fields);
    Span idMemory = fields.span("remember_ids").orElse(SourceDefinition.DEFAULT_ID_MEMORY);
    Span allowance =
        fields.span("future_allowance").orElse(SourceDefinition.DEFAULT_FUTURE_ALLOWANCE);
    List<ExpressionLine> rules = Shapes.expressions(fields, "rules");
    List<CheckLine> checks = Shapes.checks(fields, "checks");
    ExtraColumns extra =
        fields
            .choice("extra_columns", List.of("refuse", "ignore"))
            .filter("ignore"::equals)
            .map(ignore -> ExtraColumns.IGNORE)
            .orElse(ExtraColumns.REFUSE);
    if (file.isEmpty() && files.isEmpty() && !fields.has("event_time")) {
      fields.missing("event_time");
    }
    file.ifPresent(ignored -> dimension(document, primaryKey));
    names(fields, columns, computed);
    known(fields, columns, primaryKey);
    if (id instanceof RowId.InColumn in) {
      known(fields, columns, List.of(in.column()));
    }
    if (seen instanceof Seen.InColumn in) {
      known(fields, columns, List.of(in.column()));
    }
    if (file.isEmpty()) {
      ChangesReader.judge(fields, columns, primaryKey, changes.orElse(null), id);
    }
    fields.finish();
    Optional<About> about = document.about();
    if (about.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SourceDefinition(
            about.get(),
            columns,
            computed,
            eventTime.orElse(null),
            seen,
            id,
            idMemory,
            allowance,
            rules,
            checks,
            extra,
            primaryKey,
            changes.orElse(null),
            file.orElse(null),
            files.orElse(null)));
  }

  /** Which files are taken; present, without patterns, where they are wrong. */
  private static Optional<RawFiles> files(Fields fields) {
    if (!fields.has("files")) {
      return Optional.empty();
    }
    List<Written> patterns = new ArrayList<>();
    for (Written pattern : fields.texts("files")) {
      fields
          .parsed(
              pattern,
              text -> {
                RawFiles.check(text);
                return pattern;
              })
          .ifPresent(patterns::add);
    }
    Shapes.requireSome(fields, "files");
    refuse(
        fields,
        FILES_HAVE_NO,
        key -> "a source of 'files' has no '" + key + "'",
        "its rows are what is known of the files; leave the field out");
    return Optional.of(new RawFiles(patterns));
  }

  private static List<ColumnDefinition> fileColumns(Fields fields) {
    return RawFiles.COLUMNS.fields().stream()
        .map(field -> new ColumnDefinition(field, "", fields.place()))
        .toList();
  }

  private static void dimension(Document document, List<Written> primaryKey) {
    Fields fields = document.fields();
    if (primaryKey.size() != 1) {
      fields
          .problems()
          .add(
              ErrorCode.DEFINITION_MISSING_FIELD,
              primaryKey.isEmpty() ? fields.place() : primaryKey.get(1).place(),
              "a source with a 'file' is a dimension and has one column as its 'primary_key'",
              "lookups find its rows by that column");
    }
    refuse(
        fields,
        DIMENSION_HAS_NO,
        key -> "a dimension that is read from a 'file' has no '" + key + "'",
        "its rows hold from the beginning; leave the field out");
  }

  private static void refuse(
      Fields fields, List<String> keys, UnaryOperator<String> what, String hint) {
    for (String key : keys) {
      if (fields.has(key)) {
        fields.problems().add(ErrorCode.UNSUPPORTED, fields.keyPlace(key), what.apply(key), hint);
      }
    }
  }

  private static Seen seen(Fields fields) {
    Optional<Fields> mapping = fields.mapping("seen");
    if (mapping.isEmpty()) {
      return new Seen.Lag(new Span(0));
    }
    Fields seen = mapping.get();
    Optional<Span> lag = seen.span("lag");
    Optional<Written> column = seen.text("column");
    seen.finish();
    if (lag.isPresent() && column.isPresent()) {
      fields
          .problems()
          .add(
              ErrorCode.DEFINITION_VALUE,
              seen.keyPlace("column"),
              "a row becomes known after a 'lag' or at a 'column', not both",
              "");
    }
    return column
        .<Seen>map(Seen.InColumn::new)
        .orElseGet(() -> new Seen.Lag(lag.orElse(new Span(0))));
  }

  private static RowId id(Fields fields) {
    return fields
        .text("id")
        .filter(column -> !column.text().equals("row_id"))
        .<RowId>map(RowId.InColumn::new)
        .orElse(new RowId.RowNumber());
  }

  private static void names(
      Fields fields, List<ColumnDefinition> columns, List<ExpressionLine> computed) {
    List<Written> names = new ArrayList<>();
    columns.forEach(column -> names.add(new Written(column.name(), column.place())));
    computed.forEach(line -> names.add(new Written(line.name(), line.place())));
    Shapes.unique(fields.problems(), "column", names);
  }

  private static void known(Fields fields, List<ColumnDefinition> columns, List<Written> wanted) {
    List<String> names = columns.stream().map(ColumnDefinition::name).toList();
    wanted.forEach(
        column ->
            References.known(
                fields.problems(), ErrorCode.COLUMN_NOT_FOUND, "column", column, names));
  }
}
