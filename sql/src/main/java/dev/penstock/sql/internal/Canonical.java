package dev.penstock.sql.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes an expression in the one spelling that stands for all of its spellings: keywords in
 * capitals, functions in small letters, parentheses only where needed. It reads back as the same
 * expression.
 */
final class Canonical {
  /** Words that are no column unless quoted. */
  static final Set<String> RESERVED =
      Set.of(
          "and",
          "or",
          "not",
          "case",
          "when",
          "then",
          "else",
          "end",
          "in",
          "is",
          "like",
          "between",
          "null",
          "true",
          "false",
          "from",
          "where",
          "select",
          "as",
          "escape",
          "distinct",
          "group",
          "having",
          "order",
          "limit",
          "union",
          "join",
          "on",
          "with");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int NOT = 3;
  private static final int IS = 4;
  private static final int RANGE = 6;
  private static final int SIGN = 10;
  private static final int ATOM = 11;

  private final StringBuilder out = new StringBuilder();

  private Canonical() {}

  static String text(Syntax syntax) {
    Canonical canonical = new Canonical();
    canonical.write(syntax, 0);
    return canonical.out.toString();
  }

  static String name(String name) {
    return PLAIN.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT))
        ? name
        : '"' + name.replace("\"", "\"\"") + '"';
  }

  static String string(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private void write(Syntax syntax, int precedence) {
    boolean parentheses = precedence(syntax) < precedence;
    out.append(parentheses ? "(" : "");
    write(syntax);
    out.append(parentheses ? ")" : "");
  }

  private void write(Syntax syntax) {
    if (syntax instanceof Syntax.Name name) {
      out.append(name(name.name()));
    } else if (syntax instanceof Syntax.Numeral number) {
      out.append(number.text());
    } else if (syntax instanceof Syntax.Text text) {
      out.append(string(text.value()));
    } else if (syntax instanceof Syntax.Truth truth) {
      out.append(truth.value() ? "TRUE" : "FALSE");
    } else if (syntax instanceof Syntax.Null) {
      out.append("NULL");
    } else if (syntax instanceof Syntax.Negative negative) {
      out.append("-");
      write(negative.operand(), ATOM);
    } else if (syntax instanceof Syntax.Not not) {
      out.append("NOT ");
      write(not.operand(), NOT);
    } else if (syntax instanceof Syntax.Binary binary) {
      int precedence = binary.operator().precedence();
      write(binary.left(), binary.operator().isComparison() ? precedence + 1 : precedence);
      out.append(' ').append(binary.operator().symbol()).append(' ');
      write(binary.right(), binary.operator().isAssociative() ? precedence : precedence + 1);
    } else if (syntax instanceof Syntax.Call call) {
      out.append(call.function()).append('(');
      writeList(call.arguments());
      out.append(')');
    } else if (syntax instanceof Syntax.Extract extract) {
      out.append("extract(").append(extract.field()).append(" FROM ");
      write(extract.operand(), 0);
      out.append(')');
    } else if (syntax instanceof Syntax.Cast cast) {
      out.append("CAST(");
      write(cast.operand(), 0);
      out.append(" AS ").append(cast.type()).append(')');
    } else {
      writePredicate(syntax);
    }
  }

  private void writePredicate(Syntax syntax) {
    if (syntax instanceof Syntax.Case cases) {
      out.append("CASE");
      for (Syntax.When when : cases.branches()) {
        out.append(" WHEN ");
        write(when.condition(), 0);
        out.append(" THEN ");
        write(when.value(), 0);
      }
      if (cases.otherwise() != null) {
        out.append(" ELSE ");
        write(cases.otherwise(), 0);
      }
      out.append(" END");
    } else if (syntax instanceof Syntax.In in) {
      write(in.operand(), RANGE + 1);
      out.append(" IN (");
      writeList(in.options());
      out.append(')');
    } else if (syntax instanceof Syntax.Between between) {
      write(between.operand(), RANGE + 1);
      out.append(" BETWEEN ");
      write(between.low(), RANGE + 1);
      out.append(" AND ");
      write(between.high(), RANGE + 1);
    } else if (syntax instanceof Syntax.Like like) {
      write(like.operand(), RANGE + 1);
      out.append(" LIKE ").append(string(like.pattern()));
      if (like.escape() != null) {
        out.append(" ESCAPE ").append(string(Character.toString(like.escape())));
      }
    } else if (syntax instanceof Syntax.IsNull isNull) {
      write(isNull.operand(), IS);
      out.append(" IS NULL");
    } else {
      throw new AssertionError(syntax);
    }
  }

  private void writeList(List<Syntax> list) {
    for (int i = 0; i < list.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      write(list.get(i), 0);
    }
  }

  private static int precedence(Syntax syntax) {
    if (syntax instanceof Syntax.Binary binary) {
      return binary.operator().precedence();
    } else if (syntax instanceof Syntax.Not) {
      return NOT;
    } else if (syntax instanceof Syntax.IsNull) {
      return IS;
    } else if (syntax instanceof Syntax.In
        || syntax instanceof Syntax.Between
        || syntax instanceof Syntax.Like) {
      return RANGE;
    } else if (syntax instanceof Syntax.Negative) {
      return SIGN;
    }
    return ATOM;
  }
}
