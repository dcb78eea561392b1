package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads expressions by recursive descent, one method per level of precedence (PostgreSQL's, which
 * DuckDB has too). It is written by hand because a general SQL parser neither takes columns named
 * {@code date} nor starts in less than half a second; see docs/decisions.md.
 */
final class Parser {
  private static final int DEEPEST = 200;

  private final SourceText source;
  private final Cursor at;
  private final Set<String> inputs;
  private int depth;

  /** A parser; {@code inputs} are the names that may stand, with a point, before a column. */
  Parser(SourceText source, Cursor at, Set<String> inputs) {
    this.source = source;
    this.at = at;
    this.inputs = inputs;
  }

  /** Reads a text that is one expression and nothing else. */
  static Syntax parse(SourceText source) {
    Cursor at = new Cursor(source, Lexer.tokens(source));
    Syntax syntax = new Parser(source, at, Set.of()).expression();
    if (at.token().kind() != Token.Kind.END) {
      throw at.unexpected("an operator or the end");
    }
    return syntax;
  }

  Syntax expression() {
    if (++depth > DEEPEST) {
      throw source.error(
          ErrorCode.LIMIT_EXCEEDED,
          at.token().start(),
          "the expression is nested more than " + DEEPEST + " deep",
          "");
    }
    Syntax left = conjunction();
    while (at.token().is("or")) {
      int offset = at.advance().start();
      left = new Syntax.Binary(Syntax.Operator.OR, left, conjunction(), offset);
    }
    depth--;
    return left;
  }

  private Syntax conjunction() {
    Syntax left = negation();
    while (at.token().is("and")) {
      int offset = at.advance().start();
      left = new Syntax.Binary(Syntax.Operator.AND, left, negation(), offset);
    }
    return left;
  }

  private Syntax negation() {
    int nots = 0;
    int offset = at.token().start();
    while (at.token().is("not")) {
      at.advance();
      nots++;
    }
    Syntax operand = test();
    return nots % 2 == 0 ? operand : new Syntax.Not(operand, offset);
  }

  private Syntax test() {
    Syntax left = comparison();
    while (at.token().is("is")) {
      int offset = at.advance().start();
      boolean not = at.accept("not");
      Syntax tested;
      if (at.accept("null")) {
        tested = new Syntax.IsNull(left, offset);
      } else if (at.token().is("true") || at.token().is("false")) {
        boolean wanted = at.advance().is("true");
        Syntax condition = wanted ? left : new Syntax.Not(left, offset);
        tested =
            new Syntax.Call(
                "coalesce", List.of(condition, new Syntax.Truth(false, offset)), offset);
      } else if (at.accept("distinct")) {
        at.expect("from");
        tested = new Syntax.Binary(Syntax.Operator.DISTINCT, left, comparison(), offset);
      } else {
        throw at.unexpected("NULL, TRUE, FALSE or DISTINCT FROM");
      }
      left = not ? new Syntax.Not(tested, offset) : tested;
    }
    return left;
  }

  private Syntax comparison() {
    Syntax left = range();
    Syntax.Operator operator =
        at.token().kind() == Token.Kind.SYMBOL
            ? Syntax.Operator.comparison(at.token().text())
            : null;
    if (operator == null) {
      return left;
    }
    int offset = at.advance().start();
    return new Syntax.Binary(operator, left, range(), offset);
  }

  private Syntax range() {
    Syntax operand = concatenation();
    int offset = at.token().start();
    boolean not = at.token().is("not") && at.peek(1).kind() == Token.Kind.WORD && at.accept("not");
    Syntax tested;
    if (at.accept("between")) {
      Syntax low = concatenation();
      at.expect("and");
      tested = new Syntax.Between(operand, low, concatenation(), offset);
    } else if (at.accept("in")) {
      at.expectSymbol("(");
      if (at.token().is("select")) {
        throw source.error(
            ErrorCode.UNSUPPORTED,
            at.token().start(),
            "a row expression cannot hold a query",
            "use lookup(table, key, column)");
      }
      tested = new Syntax.In(operand, list("in"), offset);
    } else if (at.accept("like")) {
      tested = like(operand, offset);
    } else if (not) {
      throw at.unexpected("BETWEEN, IN or LIKE");
    } else {
      return operand;
    }
    return not ? new Syntax.Not(tested, offset) : tested;
  }

  private Syntax like(Syntax operand, int offset) {
    if (at.token().kind() != Token.Kind.STRING) {
      throw at.unexpected("a pattern in single quotes");
    }
    String pattern = at.advance().text();
    Integer escape = null;
    if (at.accept("escape")) {
      String written = at.token().text();
      if (at.token().kind() != Token.Kind.STRING
          || written.codePointCount(0, written.length()) != 1) {
        throw at.unexpected("one character in single quotes");
      }
      escape = at.advance().text().codePointAt(0);
    }
    return new Syntax.Like(operand, pattern, escape, offset);
  }

  private Syntax concatenation() {
    Syntax left = sum();
    while (at.token().isSymbol("||")) {
      int offset = at.advance().start();
      left = new Syntax.Binary(Syntax.Operator.CONCAT, left, sum(), offset);
    }
    return left;
  }

  private Syntax sum() {
    Syntax left = product();
    while (at.token().isSymbol("+") || at.token().isSymbol("-")) {
      Token symbol = at.advance();
      Syntax.Operator operator =
          symbol.text().equals("+") ? Syntax.Operator.PLUS : Syntax.Operator.MINUS;
      left = new Syntax.Binary(operator, left, product(), symbol.start());
    }
    return left;
  }

  private Syntax product() {
    Syntax left = signed();
    while (at.token().isSymbol("*") || at.token().isSymbol("/") || at.token().isSymbol("%")) {
      Token symbol = at.advance();
      Syntax.Operator operator =
          switch (symbol.text()) {
            case "*" -> Syntax.Operator.TIMES;
            case "/" -> Syntax.Operator.DIVIDE;
            default -> Syntax.Operator.MODULO;
          };
      left = new Syntax.Binary(operator, left, signed(), symbol.start());
    }
    return left;
  }

  private Syntax signed() {
    boolean negative = false;
    int offset = at.token().start();
    while (at.token().isSymbol("-") || at.token().isSymbol("+")) {
      negative ^= at.advance().text().equals("-");
    }
    boolean bareNumber = at.token().kind() == Token.Kind.NUMBER && !at.peek(1).isSymbol("::");
    Syntax operand = cast();
    if (!negative) {
      return operand;
    }
    return bareNumber && operand instanceof Syntax.Numeral number
        ? new Syntax.Numeral("-" + number.text(), offset)
        : new Syntax.Negative(operand, offset);
  }

  private Syntax cast() {
    Syntax operand = atom();
    while (at.token().isSymbol("::")) {
      int offset = at.advance().start();
      operand = new Syntax.Cast(operand, type(), offset);
    }
    return operand;
  }

  private Syntax atom() {
    Token token = at.token();
    int offset = token.start();
    switch (token.kind()) {
      case NUMBER -> {
        return new Syntax.Numeral(number(at.advance().text()), offset);
      }
      case STRING -> {
        return new Syntax.Text(at.advance().text(), offset);
      }
      case SYMBOL -> {
        if (!token.isSymbol("(")) {
          throw at.unexpected("a value");
        }
        at.advance();
        Syntax inside = expression();
        at.expectSymbol(")");
        return inside;
      }
      case QUOTED_NAME -> {
        return name();
      }
      case WORD -> {
        return word();
      }
      case END -> throw at.unexpected("a value");
    }
    throw new AssertionError(token);
  }

  private Syntax word() {
    Token token = at.token();
    int offset = token.start();
    Token next = at.peek(1);
    if (token.is("case")) {
      return cases();
    } else if (token.is("null")) {
      at.advance();
      return new Syntax.Null(offset);
    } else if (token.is("true") || token.is("false")) {
      return new Syntax.Truth(at.advance().is("true"), offset);
    } else if (next.isSymbol("(")) {
      return call();
    } else if (next.kind() == Token.Kind.STRING && TypeNames.isTime(token.text())) {
      Type type = type();
      return new Syntax.Cast(new Syntax.Text(at.advance().text(), offset), type, offset);
    } else if (next.kind() == Token.Kind.STRING && token.is("interval")) {
      throw source.error(
          ErrorCode.UNSUPPORTED,
          offset,
          "row expressions have no intervals",
          "use plus_minutes(time, number) or plus_seconds(time, number)");
    } else if (Canonical.RESERVED.contains(token.text().toLowerCase(Locale.ROOT))) {
      throw at.unexpected("a value");
    }
    return name();
  }

  /** A column, or the path of one inside another; before either may stand its input. */
  private Syntax name() {
    Token first = at.advance();
    if (!at.token().isSymbol(".")) {
      return new Syntax.Name(first.text(), first.start());
    }
    boolean isInput = inputs.contains(first.text());
    int start = isInput ? at.peek(1).start() : first.start();
    StringBuilder path = new StringBuilder(isInput ? "" : first.text());
    while (at.token().isSymbol(".")) {
      at.advance();
      if (!at.token().isName()) {
        throw at.unexpected("a column");
      }
      path.append(path.isEmpty() ? "" : ".").append(at.advance().text());
    }
    return new Syntax.Name(path.toString(), start);
  }

  private Syntax call() {
    Token name = at.advance();
    at.expectSymbol("(");
    if (name.is("cast") || name.is("try_cast")) {
      Syntax operand = expression();
      at.expect("as");
      Type type = type();
      at.expectSymbol(")");
      return new Syntax.Cast(operand, type, name.start());
    } else if (name.is("extract")) {
      if (at.token().kind() != Token.Kind.WORD && at.token().kind() != Token.Kind.STRING) {
        throw at.unexpected("a field such as hour");
      }
      String field = at.advance().text().toLowerCase(Locale.ROOT);
      at.expect("from");
      Syntax operand = expression();
      at.expectSymbol(")");
      return new Syntax.Extract(field, operand, name.start());
    }
    String function = Functions.canonicalName(name.text());
    if (at.token().isSymbol("*")) {
      throw Functions.unknown(source, name.start(), function);
    }
    if (at.token().is("distinct")) {
      throw Functions.unknown(source, name.start(), function);
    }
    List<Syntax> arguments = list(function);
    if (at.token().is("over") || at.token().is("filter")) {
      throw Functions.unknown(source, name.start(), function);
    }
    return new Syntax.Call(function, arguments, name.start());
  }

  /** Values up to the closing parenthesis; {@code substring(x FROM 1 FOR 2)} is read too. */
  private List<Syntax> list(String function) {
    boolean words = function.equals("substring");
    List<Syntax> list = new ArrayList<>();
    while (!at.token().isSymbol(")")) {
      if (!list.isEmpty() && !(words && (at.accept("from") || at.accept("for")))) {
        at.expectSymbol(",");
      }
      list.add(expression());
    }
    at.advance();
    return List.copyOf(list);
  }

  private Syntax cases() {
    int offset = at.advance().start();
    Syntax subject = at.token().is("when") ? null : expression();
    List<Syntax.When> branches = new ArrayList<>();
    while (at.accept("when")) {
      int start = at.token().start();
      Syntax condition = expression();
      if (subject != null) {
        condition = new Syntax.Binary(Syntax.Operator.EQUAL, subject, condition, start);
      }
      at.expect("then");
      branches.add(new Syntax.When(condition, expression()));
    }
    Syntax otherwise = at.accept("else") ? expression() : null;
    if (branches.isEmpty() || !at.token().is("end")) {
      throw at.unexpected(branches.isEmpty() ? "WHEN" : "WHEN, ELSE or END");
    }
    at.advance();
    return new Syntax.Case(List.copyOf(branches), otherwise, offset);
  }

  private Type type() {
    Token name = at.token();
    if (!name.isName()) {
      throw at.unexpected("a type");
    }
    at.advance();
    StringBuilder written = new StringBuilder(name.text());
    if (name.is("double")) {
      at.accept("precision");
    } else if (at.token().isSymbol("(")) {
      while (!at.token().isSymbol(")")) {
        if (at.token().kind() == Token.Kind.END) {
          throw at.unexpected("')'");
        }
        written.append(at.advance().text());
      }
      written.append(at.advance().text());
    }
    Type type = TypeNames.named(written.toString());
    if (type == null) {
      throw source.error(
          ErrorCode.TYPE_MISMATCH,
          name.start(),
          "there is no type '" + written + "'",
          "types: "
              + String.join(", ", Arrays.stream(Scalar.values()).map(String::valueOf).toList())
              + ", decimal(p,s), vector(n)");
    }
    return type;
  }

  private static String number(String written) {
    String digits = written.replace("_", "").toLowerCase(Locale.ROOT).replace("e+", "e");
    return digits.startsWith(".") ? "0" + digits : digits;
  }
}
