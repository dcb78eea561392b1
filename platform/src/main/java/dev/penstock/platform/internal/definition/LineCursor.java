package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.platform.definition.Written;

/**
 * Walks through one written line: words, signs, and SQL between them, which is cut out whole by its
 * parentheses and quotes. Errors point at the character.
 */
final class LineCursor {
  private final Written line;
  private final String text;
  private int at;

  LineCursor(Written line) {
    this.line = line;
    this.text = line.text();
  }

  /** Where the character at this index stands. */
  Place placeAt(int index) {
    int lines = 0;
    int lineStart = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        lines++;
        lineStart = i + 1;
      }
    }
    return line.place().offset(lines, index - lineStart);
  }

  Place place() {
    skipSpaces();
    return placeAt(at);
  }

  boolean atEnd() {
    skipSpaces();
    return at == text.length();
  }

  /** Whether the next word is this one; a word ends where letters, digits and {@code _} end. */
  boolean at(String word) {
    skipSpaces();
    int end = at + word.length();
    return text.regionMatches(true, at, word, 0, word.length())
        && (end >= text.length() || !isWord(text.charAt(end)));
  }

  /** Takes the word if it comes next. */
  boolean take(String word) {
    boolean there = at(word);
    if (there) {
      at += word.length();
    }
    return there;
  }

  /** Whether the sign comes next. */
  boolean atSign(String sign) {
    skipSpaces();
    return text.startsWith(sign, at);
  }

  /** Takes the sign if it comes next. */
  boolean takeSign(String sign) {
    boolean there = atSign(sign);
    if (there) {
      at += sign.length();
    }
    return there;
  }

  /** The next word. */
  Written word(String what) {
    skipSpaces();
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw wrong("here should be " + what);
    }
    return new Written(text.substring(start, at), placeAt(start));
  }

  /** The name of a time zone: {@code America/Port-au-Prince}. */
  Written zone() {
    skipSpaces();
    int start = at;
    while (at < text.length() && (isWord(text.charAt(at)) || "/+-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (start == at) {
      throw wrong("here should be a time zone, such as Europe/Berlin");
    }
    return new Written(text.substring(start, at), placeAt(start));
  }

  /** A number, with sign, point and exponent. */
  double number() {
    skipSpaces();
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.parseDouble(text.substring(start, at));
    } catch (NumberFormatException e) {
      at = start;
      throw wrong("here should be a number");
    }
  }

  void expectSign(String sign) {
    if (!takeSign(sign)) {
      throw wrong("here should be '" + sign + "'");
    }
  }

  /** SQL up to one of these signs outside of parentheses and quotes; the sign is not taken. */
  Written sqlUntil(String signs) {
    skipSpaces();
    int start = at;
    int depth = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (depth == 0 && signs.indexOf(c) >= 0) {
        break;
      }
      if (c == '\'' || c == '"') {
        skipQuoted(c);
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
    }
    String sql = text.substring(start, at).stripTrailing();
    if (sql.isEmpty()) {
      throw wrong("here should be an expression");
    }
    return new Written(sql, placeAt(start));
  }

  /** The start of the last {@code word} outside of parentheses and quotes, or -1. */
  int lastOutside(String word) {
    int found = -1;
    int depth = 0;
    int before = at;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        skipQuoted(c);
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (depth == 0 && (at == 0 || !isWord(text.charAt(at - 1))) && at(word)) {
        found = at;
      }
    }
    at = before;
    return found;
  }

  /** SQL up to the last {@code word} outside of parentheses and quotes, or to the end. */
  Written sqlBefore(String word) {
    int end = lastOutside(word);
    return sqlTo(end < 0 ? text.length() : end);
  }

  /** SQL up to this index. */
  Written sqlTo(int end) {
    skipSpaces();
    int start = at;
    at = Math.max(start, end);
    String sql = text.substring(start, at).stripTrailing();
    if (sql.isEmpty()) {
      throw wrong("here should be an expression");
    }
    return new Written(sql, placeAt(start));
  }

  void expectEnd(String afterWhat) {
    if (!atEnd()) {
      throw wrong("'" + text.substring(at).lines().findFirst().orElse("") + "' after " + afterWhat);
    }
  }

  PenstockException wrong(String what) {
    return wrong(what, "");
  }

  PenstockException wrong(String what, String hint) {
    return new PenstockException(ErrorCode.DEFINITION_SYNTAX, place(), what, hint);
  }

  private void skipQuoted(char quote) {
    int start = at;
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      at++;
    }
    if (at == text.length()) {
      at = start;
      throw wrong("the quote is not closed");
    }
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
