package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.platform.definition.CheckLine;
import dev.penstock.platform.definition.ColumnDefinition;
import dev.penstock.platform.definition.ExpressionLine;
import dev.penstock.platform.definition.KeyMapping;
import dev.penstock.platform.definition.Written;
import dev.penstock.quality.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** The shapes that more than one kind of definition has. */
final class Shapes {
  private Shapes() {}

  /**
   * Columns by name: {@code delay: int64 not null}, or {@code delay: {type: int64 not null,
   * description: ...}}.
   */
  static List<ColumnDefinition> columns(Fields fields, String key) {
    List<ColumnDefinition> columns = new ArrayList<>();
    Problems problems = fields.problems();
    fields
        .mapping(key)
        .ifPresent(
            mapping ->
                mapping.each(
                    (name, node) -> {
                      Optional<Fields> full =
                          node instanceof MappingNode
                              ? mapping.mapping(node, "column '" + name + "'")
                              : Optional.empty();
                      Optional<Written> type =
                          full.isPresent()
                              ? full.get().requiredText("type")
                              : mapping.scalar(node, "the type of '" + name + "'");
                      Optional<String> description =
                          full.flatMap(all -> all.text("description")).map(Written::text);
                      full.ifPresent(Fields::finish);
                      type.flatMap(
                              written ->
                                  Document.attempt(
                                      problems,
                                      () ->
                                          Lines.column(
                                              Names.column(name), written, description.orElse(""))))
                          .ifPresent(columns::add);
                    }));
    return columns;
  }

  /** SQL expressions by name, in the order they are written. */
  static List<ExpressionLine> expressions(Fields fields, String key) {
    List<ExpressionLine> expressions = new ArrayList<>();
    fields
        .mapping(key)
        .ifPresent(
            mapping ->
                mapping.each(
                    (name, node) ->
                        mapping
                            .scalar(node, "'" + name + "'")
                            .flatMap(
                                sql ->
                                    Document.attempt(
                                        fields.problems(),
                                        () ->
                                            new ExpressionLine(
                                                Names.column(name).text(), sql, name.place())))
                            .ifPresent(expressions::add)));
    return expressions;
  }

  /** Columns that stand for keys: {@code {airport: origin}}. */
  static List<KeyMapping> keys(Fields fields, String key) {
    List<KeyMapping> keys = new ArrayList<>();
    fields
        .mapping(key)
        .ifPresent(
            mapping ->
                mapping.each(
                    (name, node) ->
                        mapping
                            .scalar(node, "'" + name + "'")
                            .ifPresent(column -> keys.add(new KeyMapping(name, column)))));
    return keys;
  }

  /** Lines of checks; one that only warns is written {@code warn: row_count >= 10}. */
  static List<CheckLine> checks(Fields fields, String key) {
    List<CheckLine> checks = new ArrayList<>();
    for (Node item : fields.items(key)) {
      boolean warnOnly = item instanceof MappingNode;
      Optional<Written> line =
          warnOnly
              ? fields
                  .mapping(item, "a check")
                  .flatMap(
                      mapping -> {
                        Optional<Written> text = mapping.requiredText("warn");
                        mapping.finish();
                        return text;
                      })
              : fields.scalar(item, "a check");
      line.flatMap(text -> Document.attempt(fields.problems(), () -> Lines.check(text, warnOnly ? Severity.WARN : Severity.FAIL)))
          .ifPresent(checks::add);
    }
    return checks;
  }

  /** Reports a list or mapping that is missing or has nothing in it. */
  static void requireSome(Fields fields, String key) {
    if (!fields.has(key)) {
      fields.missing(key);
    } else if (fields.isEmpty(key)) {
      fields
          .problems()
          .add(
              ErrorCode.DEFINITION_MISSING_FIELD,
              fields.keyPlace(key),
              "'" + key + "' is empty",
              "name at least one");
    }
  }

  /** Reports the second of two items that have one name. */
  static void unique(Problems problems, String what, List<Written> names) {
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (names.get(i).text().equals(names.get(j).text())) {
          problems.add(
              ErrorCode.DEFINITION_DUPLICATE,
              names.get(i).place(),
              what + " '" + names.get(i).text() + "' is there twice",
              "first at " + names.get(j).place());
          break;
        }
      }
    }
  }
}
