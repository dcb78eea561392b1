package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts SQL text into tokens, the last of which is {@link Token.Kind#END}. Knows the spelling of
 * DuckDB's whole language (dollar quotes, nested comments), so that a query's tables are found
 * where DuckDB finds them.
 */
public final class Lexer {
  private static final int MOST_TOKENS = 20_000;

  /** The longest first. */
  private static final String[] SYMBOLS = {
    "->>", "!~~", "<=>", "||", "::", "<>", "!=", "<=", ">=", "==", "//", "**", "->", "=>", ":=",
    "<<", ">>", "^@", "~~", "!~"
  };

  private static final String SINGLE_SYMBOLS = "()[]{}.,;+-*/%=<>!&|^~?:@#$";

  private final SourceText source;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(SourceText source) {
    this.source = source;
    this.text = source.text();
  }

  public static List<Token> tokens(SourceText source) {
    return new Lexer(source).run();
  }

  private List<Token> run() {
    skipBlank();
    while (at < text.length()) {
      if (tokens.size() == MOST_TOKENS) {
        throw source.error(
            ErrorCode.LIMIT_EXCEEDED, at, "the text has more than " + MOST_TOKENS + " words", "");
      }
      next();
      skipBlank();
    }
    tokens.add(new Token(Token.Kind.END, "", at, at));
    return tokens;
  }

  private void next() {
    int start = at;
    char c = text.charAt(at);
    if (c == '\'') {
      add(Token.Kind.STRING, quoted('\'', false), start);
    } else if ((c == 'e' || c == 'E') && peek(1) == '\'') {
      at++;
      add(Token.Kind.STRING, quoted('\'', true), start);
    } else if (c == '"') {
      add(Token.Kind.QUOTED_NAME, quoted('"', false), start);
    } else if (c == '$' && dollarTag() != null) {
      String tag = String.valueOf(dollarTag());
      int close = text.indexOf(tag, at + tag.length());
      if (close < 0) {
        throw unclosed(start);
      }
      String content = text.substring(at + tag.length(), close);
      at = close + tag.length();
      add(Token.Kind.STRING, content, start);
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      number();
      add(Token.Kind.NUMBER, text.substring(start, at), start);
    } else if (Character.isUnicodeIdentifierStart(text.codePointAt(at)) || c == '_') {
      while (at < text.length() && isNamePart(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      add(Token.Kind.WORD, text.substring(start, at), start);
    } else {
      symbol(start);
    }
  }

  private void symbol(int start) {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        add(Token.Kind.SYMBOL, symbol, start);
        return;
      }
    }
    char c = text.charAt(at);
    if (SINGLE_SYMBOLS.indexOf(c) < 0) {
      String shown = Character.toString(text.codePointAt(at));
      throw source.error(
          ErrorCode.EXPRESSION_SYNTAX, at, "'" + shown + "' has no place in SQL", "");
    }
    at++;
    add(Token.Kind.SYMBOL, String.valueOf(c), start);
  }

  private void add(Token.Kind kind, String content, int start) {
    tokens.add(new Token(kind, content, start, at));
  }

  private String quoted(char quote, boolean escapes) {
    int start = at;
    StringBuilder content = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        if (at < text.length() && text.charAt(at) == quote) {
          at++;
        } else {
          return content.toString();
        }
      } else if (c == '\\' && escapes && at < text.length()) {
        char escaped = text.charAt(at++);
        c =
            switch (escaped) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> escaped;
            };
      }
      content.append(c);
    }
    throw unclosed(start);
  }

  private PenstockException unclosed(int start) {
    return source.error(ErrorCode.EXPRESSION_SYNTAX, start, "this quote is never closed", "");
  }

  /** {@code $$} or {@code $tag$} at this point, or null. */
  private @Nullable String dollarTag() {
    int end = at + 1;
    while (end < text.length() && isNamePart(text.codePointAt(end)) && text.charAt(end) != '$') {
      end++;
    }
    boolean tag = end < text.length() && text.charAt(end) == '$' && !isDigit(peek(1));
    return tag ? text.substring(at, end + 1) : null;
  }

  private void number() {
    while (isDigit(peek(0)) || (peek(0) == '_' && isDigit(peek(1)))) {
      at++;
    }
    if (peek(0) == '.') {
      at++;
      while (isDigit(peek(0))) {
        at++;
      }
    }
    if (peek(0) == 'e' || peek(0) == 'E') {
      int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (isDigit(peek(1 + sign))) {
        at += 1 + sign;
        while (isDigit(peek(0))) {
          at++;
        }
      }
    }
    if (at < text.length() && isNamePart(text.codePointAt(at))) {
      throw source.error(
          ErrorCode.EXPRESSION_SYNTAX,
          at,
          "a number runs into '" + text.charAt(at) + "'",
          "a name that starts with a digit is written in double quotes");
    }
  }

  private void skipBlank() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c) || c == '\u00a0') {
        at++;
      } else if (c == '-' && peek(1) == '-') {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline + 1;
      } else if (c == '/' && peek(1) == '*') {
        skipComment();
      } else {
        return;
      }
    }
  }

  private void skipComment() {
    int start = at;
    int depth = 0;
    do {
      if (at >= text.length()) {
        throw source.error(
            ErrorCode.EXPRESSION_SYNTAX, start, "this comment is never closed", "write */");
      }
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(int codePoint) {
    return codePoint == '_'
        || codePoint == '$'
        || (Character.isUnicodeIdentifierPart(codePoint)
            && !Character.isIdentifierIgnorable(codePoint));
  }
}
