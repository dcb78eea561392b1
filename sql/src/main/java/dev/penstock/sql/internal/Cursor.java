package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.List;
import java.util.Locale;

/** A place among a text's tokens that moves forward, and says what it expected to find there. */
final class Cursor {
  private final SourceText source;
  private final List<Token> tokens;
  private int index;

  Cursor(SourceText source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  Token token() {
    return tokens.get(index);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(index + ahead, tokens.size() - 1));
  }

  /** The token here; moves on, unless it is the end. */
  Token advance() {
    return tokens.get(token().kind() == Token.Kind.END ? index : index++);
  }

  /** Moves past the keyword if it is here. */
  boolean accept(String keyword) {
    boolean found = token().is(keyword);
    index += found ? 1 : 0;
    return found;
  }

  boolean acceptSymbol(String symbol) {
    boolean found = token().isSymbol(symbol);
    index += found ? 1 : 0;
    return found;
  }

  void skipTo(int newIndex) {
    index = newIndex;
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

  private String hint() {
    if (token().isSymbol("//")) {
      return "'/' divides; floor(a / b) gives the whole part";
    } else if (token().kind() == Token.Kind.STRING && index > 0 && peek(-1).isName()) {
      return "a string stands in single quotes, a column in none or in double quotes";
    }
    return "";
  }
}
