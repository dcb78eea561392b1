package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by recursive descent, one method per level of precedence (PostgreSQL's, which
 * DuckDB has too). It is written by hand because a general SQL parser neither takes columns named
 * {@code date} nor starts in less than half a second; see docs/decisions.md.
 */
final class Parser {
  private static final int DEEPEST = 200;

  private final SourceText source;
  private final List<Token> tokens;
  private final Set<String> inputs;
  private int at;
  private int depth;

  /** A parser; {@code inputs} are the names that may stand, with a point, before a column. */
  Parser(SourceText source, List<Token> tokens, Set<String> inputs) {
    this.source = source;
    this.tokens = tokens;
    this.inputs = inputs;
  }

  /** Reads a text that is one expression and nothing else. */
  static Syntax parse(SourceText source) {
    Parser parser = new Parser(source, Lexer.tokens(source), Set.of());
    Syntax syntax = parser.expression();
    if (parser.token().kind() != Token.Kind.END) {
      throw parser.unexpected("an operator or the end");
    }
    return syntax;
  }

  Syntax expression() {
    if (++depth > DEEPEST) {
      throw source.error(
          ErrorCode.LIMIT_EXCEEDED,
          token().start(),
          "the expression is nested more than " + DEEPEST + " deep",
          "");
    }
    Syntax left = conjunction();
    while (token().is("or")) {
      int offset = advance().start();
      left = new Syntax.Binary(Syntax.Operator.OR, left, conjunction(), offset);
    }
    depth--;
    return left;
  }

  private Syntax conjunction() {
    Syntax left = negation();
    while (token().is("and")) {
      int offset = advance().start();
      left = new Syntax.Binary(Syntax.Operator.AND, left, negation(), offset);
    }
    return left;
  }

  private Syntax negation() {
    int nots = 0;
    int offset = token().start();
    while (token().is("not")) {
      advance();
      nots++;
    }
    Syntax operand = test();
    return nots % 2 == 0 ? operand : new Syntax.Not(operand, offset);
  }

  private Syntax test() {
    Syntax left = comparison();
    while (token().is("is")) {
      int offset = advance().start();
      boolean not = accept("not");
      Syntax tested;
      if (accept("null")) {
        tested = new Syntax.IsNull(left, offset);
      } else if (token().is("true") || token().is("false")) {
        boolean wanted = advance().is("true");
        Syntax condition = wanted ? left : new Syntax.Not(left, offset);
        tested =
            new Syntax.Call(
                "coalesce", List.of(condition, new Syntax.Truth(false, offset)), offset);
      } else if (accept("distinct")) {
        expect("from");
        tested = new Syntax.Binary(Syntax.Operator.DISTINCT, left, comparison(), offset);
      } else {
        throw unexpected("NULL, TRUE, FALSE or DISTINCT FROM");
      }
      left = not ? new Syntax.Not(tested, offset) : tested;
    }
    return left;
  }

  private Syntax comparison() {
    Syntax left = range();
    Syntax.Operator operator =
        token().kind() == Token.Kind.SYMBOL ? Syntax.Operator.comparison(token().text()) : null;
    if (operator == null) {
      return left;
    }
    int offset = advance().start();
    return new Syntax.Binary(operator, left, range(), offset);
  }

  private Syntax range() {
    Syntax operand = concatenation();
    int offset = token().start();
    boolean not = token().is("not") && peek(1).kind() == Token.Kind.WORD && accept("not");
    Syntax tested;
    if (accept("between")) {
      Syntax low = concatenation();
      expect("and");
      tested = new Syntax.Between(operand, low, concatenation(), offset);
    } else if (accept("in")) {
      expectSymbol("(");
      if (token().is("select")) {
        throw source.error(
            ErrorCode.UNSUPPORTED,
            token().start(),
            "a row expression cannot hold a query",
            "use lookup(table, key, column)");
      }
      tested = new Syntax.In(operand, list("in"), offset);
    } else if (accept("like")) {
      tested = like(operand, offset);
    } else if (not) {
      throw unexpected("BETWEEN, IN or LIKE");
    } else {
      return operand;
    }
    return not ? new Syntax.Not(tested, offset) : tested;
  }

  private Syntax like(Syntax operand, int offset) {
    if (token().kind() != Token.Kind.STRING) {
      throw unexpected("a pattern in single quotes");
    }
    String pattern = advance().text();
    Integer escape = null;
    if (accept("escape")) {
      String written = token().text();
      if (token().kind() != Token.Kind.STRING || written.codePointCount(0, written.length()) != 1) {
        throw unexpected("one character in single quotes");
      }
      escape = advance().text().codePointAt(0);
    }
    return new Syntax.Like(operand, pattern, escape, offset);
  }

  private Syntax concatenation() {
    Syntax left = sum();
    while (token().isSymbol("||")) {
      int offset = advance().start();
      left = new Syntax.Binary(Syntax.Operator.CONCAT, left, sum(), offset);
    }
    return left;
  }

  private Syntax sum() {
    Syntax left = product();
    while (token().isSymbol("+") || token().isSymbol("-")) {
      Token symbol = advance();
      Syntax.Operator operator =
          symbol.text().equals("+") ? Syntax.Operator.PLUS : Syntax.Operator.MINUS;
      left = new Syntax.Binary(operator, left, product(), symbol.start());
    }
    return left;
  }

  private Syntax product() {
    Syntax left = signed();
    while (token().isSymbol("*") || token().isSymbol("/") || token().isSymbol("%")) {
      Token symbol = advance();
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
    int offset = token().start();
    while (token().isSymbol("-") || token().isSymbol("+")) {
      negative ^= advance().text().equals("-");
    }
    boolean bareNumber = token().kind() == Token.Kind.NUMBER && !peek(1).isSymbol("::");
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
    while (token().isSymbol("::")) {
      int offset = advance().start();
      operand = new Syntax.Cast(operand, type(), offset);
    }
    return operand;
  }

  private Syntax atom() {
    Token token = token();
    int offset = token.start();
    switch (token.kind()) {
      case NUMBER -> {
        return new Syntax.Numeral(number(advance().text()), offset);
      }
      case STRING -> {
        return new Syntax.Text(advance().text(), offset);
      }
      case SYMBOL -> {
        if (!token.isSymbol("(")) {
          throw unexpected("a value");
        }
        advance();
        Syntax inside = expression();
        expectSymbol(")");
        return inside;
      }
      case QUOTED_NAME -> {
        return name();
      }
      case WORD -> {
        return word();
      }
      case END -> throw unexpected("a value");
    }
    throw new AssertionError(token);
  }

  private Syntax word() {
    Token token = token();
    int offset = token.start();
    Token next = peek(1);
    if (token.is("case")) {
      return cases();
    } else if (token.is("null")) {
      advance();
      return new Syntax.Null(offset);
    } else if (token.is("true") || token.is("false")) {
      return new Syntax.Truth(advance().is("true"), offset);
    } else if (next.isSymbol("(")) {
      return call();
    } else if (next.kind() == Token.Kind.STRING && TypeNames.isTime(token.text())) {
      Type type = type();
      return new Syntax.Cast(new Syntax.Text(advance().text(), offset), type, offset);
    } else if (next.kind() == Token.Kind.STRING && token.is("interval")) {
      throw source.error(
          ErrorCode.UNSUPPORTED,
          offset,
          "row expressions have no intervals",
          "use plus_minutes(time, number) or plus_seconds(time, number)");
    } else if (Canonical.RESERVED.contains(token.text().toLowerCase(Locale.ROOT))) {
      throw unexpected("a value");
    }
    return name();
  }

  private Syntax name() {
    Token token = advance();
    if (token().isSymbol(".")) {
      if (!inputs.contains(token.text())) {
        throw source.error(
            ErrorCode.UNSUPPORTED,
            token.start(),
            "'" + token.text() + ".' before a column",
            "a row expression has one input: write the column alone");
      }
      advance();
      token = advance();
      if (!token.isName()) {
        throw unexpected("a column");
      }
    }
    return new Syntax.Name(token.text(), token.start());
  }

  private Syntax call() {
    Token name = advance();
    expectSymbol("(");
    if (name.is("cast") || name.is("try_cast")) {
      Syntax operand = expression();
      expect("as");
      Type type = type();
      expectSymbol(")");
      return new Syntax.Cast(operand, type, name.start());
    } else if (name.is("extract")) {
      if (token().kind() != Token.Kind.WORD && token().kind() != Token.Kind.STRING) {
        throw unexpected("a field such as hour");
      }
      String field = advance().text().toLowerCase(Locale.ROOT);
      expect("from");
      Syntax operand = expression();
      expectSymbol(")");
      return new Syntax.Extract(field, operand, name.start());
    }
    String function = Functions.canonicalName(name.text());
    if (token().isSymbol("*")) {
      throw Functions.unknown(source, name.start(), function);
    }
    if (token().is("distinct")) {
      throw Functions.unknown(source, name.start(), function);
    }
    List<Syntax> arguments = list(function);
    if (token().is("over") || token().is("filter")) {
      throw Functions.unknown(source, name.start(), function);
    }
    return new Syntax.Call(function, arguments, name.start());
  }

  /** Values up to the closing parenthesis; {@code substring(x FROM 1 FOR 2)} is read too. */
  private List<Syntax> list(String function) {
    boolean words = function.equals("substring");
    List<Syntax> list = new ArrayList<>();
    while (!token().isSymbol(")")) {
      if (!list.isEmpty() && !(words && (accept("from") || accept("for")))) {
        expectSymbol(",");
      }
      list.add(expression());
    }
    advance();
    return List.copyOf(list);
  }

  private Syntax cases() {
    int offset = advance().start();
    Syntax subject = token().is("when") ? null : expression();
    List<Syntax.When> branches = new ArrayList<>();
    while (accept("when")) {
      int start = token().start();
      Syntax condition = expression();
      if (subject != null) {
        condition = new Syntax.Binary(Syntax.Operator.EQUAL, subject, condition, start);
      }
      expect("then");
      branches.add(new Syntax.When(condition, expression()));
    }
    Syntax otherwise = accept("else") ? expression() : null;
    if (branches.isEmpty() || !token().is("end")) {
      throw unexpected(branches.isEmpty() ? "WHEN" : "WHEN, ELSE or END");
    }
    advance();
    return new Syntax.Case(List.copyOf(branches), otherwise, offset);
  }

  private Type type() {
    Token name = token();
    if (!name.isName()) {
      throw unexpected("a type");
    }
    advance();
    StringBuilder written = new StringBuilder(name.text());
    if (name.is("double")) {
      accept("precision");
    } else if (token().isSymbol("(")) {
      while (!token().isSymbol(")")) {
        if (token().kind() == Token.Kind.END) {
          throw unexpected("')'");
        }
        written.append(advance().text());
      }
      written.append(advance().text());
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

  Token token() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token advance() {
    return tokens.get(token().kind() == Token.Kind.END ? at : at++);
  }

  boolean accept(String keyword) {
    boolean found = token().is(keyword);
    at += found ? 1 : 0;
    return found;
  }

  boolean acceptSymbol(String symbol) {
    boolean found = token().isSymbol(symbol);
    at += found ? 1 : 0;
    return found;
  }

  void skipTo(int index) {
    at = index;
  }

  void expect(String keyword) {
    if (!accept(keyword)) {
      throw unexpected(keyword.toUpperCase(Locale.ROOT));
    }
  }

  void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw unexpected("'" + symbol + "'");
    }
  }

  PenstockException unexpected(String expected) {
    return source.error(
        ErrorCode.EXPRESSION_SYNTAX,
        token().start(),
        token().shown() + " where " + expected + " should be",
        hint());
  }

  private @Nullable String hintOrNull() {
    if (token().isSymbol("//")) {
      return "'/' divides; floor(a / b) gives the whole part";
    } else if (token().kind() == Token.Kind.STRING && at > 0 && peek(-1).isName()) {
      return "a string stands in single quotes, a column in none or in double quotes";
    }
    return null;
  }

  private String hint() {
    String hint = hintOrNull();
    return hint == null ? "" : hint;
  }
}
