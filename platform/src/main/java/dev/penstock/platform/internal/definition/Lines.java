package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.platform.definition.CheckLine;
import dev.penstock.platform.definition.ColumnDefinition;
import dev.penstock.platform.definition.ExpressionLine;
import dev.penstock.platform.definition.FeatureLine;
import dev.penstock.platform.definition.FeatureLine.WrittenWindow;
import dev.penstock.platform.definition.FeatureServiceDefinition.ViewLine;
import dev.penstock.platform.definition.KeyMapping;
import dev.penstock.platform.definition.Written;
import dev.penstock.quality.Bound;
import dev.penstock.quality.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of single lines, as {@code docs/reference/definitions.md} gives it. Each parser
 * throws a {@link PenstockException} at the character where the line is wrong.
 */
final class Lines {
  static final List<String> TYPES =
      List.of(
          "boolean",
          "int32",
          "int64",
          "float32",
          "float64",
          "string",
          "binary",
          "date",
          "timestamp",
          "local_timestamp",
          "decimal(10,2)",
          "vector(384)");

  private Lines() {}

  /** {@code call as name [by column] [where (condition)] [default value] [over window, ...]}. */
  static FeatureLine feature(Written line) {
    LineCursor cursor = new LineCursor(line);
    Written function = cursor.word("an aggregate, such as mean(delay)");
    cursor.expectSign("(");
    List<Written> arguments = new ArrayList<>();
    if (!cursor.takeSign(")")) {
      do {
        arguments.add(cursor.sqlUntil(",)"));
      } while (cursor.takeSign(","));
      cursor.expectSign(")");
    }
    if (cursor.at("by") || cursor.at("where") || cursor.at("over")) {
      throw cursor.wrong(
          "here should be 'as' and the feature's name",
          "write mean(delay) as delay where (distance > 0) over 1h, 3h");
    }
    expect(cursor, "as");
    Written name = Names.definition(cursor.word("the feature's name"));
    Written by = cursor.take("by") ? category(cursor) : null;
    Written where = cursor.take("where") ? inParentheses(cursor) : null;
    Written otherwise = cursor.take("default") ? cursor.sqlBefore("over") : null;
    List<WrittenWindow> windows = new ArrayList<>();
    if (cursor.take("over")) {
      do {
        windows.add(WindowLines.window(cursor));
      } while (cursor.takeSign(","));
    }
    cursor.expectEnd(windows.isEmpty() ? "the feature's name" : "the windows");
    return new FeatureLine(function, arguments, name, by, where, otherwise, windows, line.place());
  }

  /** {@code carrier} or {@code (expression)}. */
  private static Written category(LineCursor cursor) {
    return cursor.atSign("(")
        ? inParentheses(cursor)
        : cursor.word("a column or an expression in parentheses");
  }

  private static Written inParentheses(LineCursor cursor) {
    cursor.expectSign("(");
    Written sql = cursor.sqlUntil(")");
    cursor.expectSign(")");
    return sql;
  }

  /** {@code expression as name}. */
  static ExpressionLine onDemand(Written line) {
    LineCursor cursor = new LineCursor(line);
    int as = cursor.lastOutside("as");
    if (as < 0) {
      throw new LineCursor(line).wrong("an on-demand feature needs 'as' and its name");
    }
    Written expression = cursor.sqlTo(as);
    expect(cursor, "as");
    Written name = Names.definition(cursor.word("the feature's name"));
    cursor.expectEnd("the feature's name");
    return new ExpressionLine(name.text(), expression, name.place());
  }

  /** {@code view [as alias] [with key = column, ...]}; also {@code with {key: column, ...}}. */
  static ViewLine view(Written line) {
    LineCursor cursor = new LineCursor(line);
    Written view = cursor.word("the name of a view");
    String prefix = view.text();
    if (cursor.take("as")) {
      prefix = Names.definition(cursor.word("an alias")).text();
    }
    List<KeyMapping> keys = new ArrayList<>();
    if (cursor.take("with")) {
      boolean braces = cursor.takeSign("{");
      do {
        Written key = cursor.word("a key of the view's entity");
        cursor.expectSign(braces ? ":" : "=");
        keys.add(new KeyMapping(key, cursor.word("a column of the request")));
      } while (cursor.takeSign(","));
      if (braces) {
        cursor.expectSign("}");
      }
    }
    cursor.expectEnd("the view");
    return new ViewLine(view, prefix, keys, line.place());
  }

  /** {@code measure >= number} or {@code measure BETWEEN number AND number}. */
  static CheckLine check(Written line, Severity severity) {
    LineCursor cursor = new LineCursor(line);
    Written measure = cursor.word("a measure, such as row_count or mean(delay)");
    List<Written> arguments = new ArrayList<>();
    if (cursor.takeSign("(")) {
      do {
        arguments.add(cursor.sqlUntil(",)"));
      } while (cursor.takeSign(","));
      cursor.expectSign(")");
    }
    Bound bound = bound(cursor);
    cursor.expectEnd("the check");
    return new CheckLine(measure, arguments, bound, severity, line.text().strip(), line.place());
  }

  private static Bound bound(LineCursor cursor) {
    if (cursor.take("between")) {
      double low = cursor.number();
      expect(cursor, "and");
      return Bound.between(low, cursor.number());
    } else if (cursor.takeSign(">=")) {
      return Bound.atLeast(cursor.number());
    } else if (cursor.takeSign("<=")) {
      return Bound.atMost(cursor.number());
    } else if (cursor.takeSign(">")) {
      return Bound.above(cursor.number());
    } else if (cursor.takeSign("<")) {
      return Bound.below(cursor.number());
    } else if (cursor.takeSign("=")) {
      return Bound.equalTo(cursor.number());
    }
    throw cursor.wrong("here should be a comparison (>=, <=, >, <, = or BETWEEN ... AND ...)");
  }

  /** {@code type [not null]}. */
  static ColumnDefinition column(Written name, Written line, @Nullable String description) {
    String text = line.text().strip();
    boolean required = text.matches("(?is).*\\snot\\s+null");
    String written = required ? text.replaceFirst("(?is)\\s+not\\s+null$", "") : text;
    try {
      return new ColumnDefinition(
          new Field(name.text(), Type.parse(written), !required),
          description == null ? "" : description,
          name.place());
    } catch (IllegalArgumentException e) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          line.place(),
          "no type is written '" + written + "'",
          Suggestion.among(written, TYPES));
    }
  }

  private static void expect(LineCursor cursor, String word) {
    if (!cursor.take(word)) {
      throw cursor.wrong("here should be '" + word + "'");
    }
  }
}
