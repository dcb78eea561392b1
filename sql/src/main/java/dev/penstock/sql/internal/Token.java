package dev.penstock.sql.internal;

/**
 * A word of SQL text.
 *
 * @param text a string's or quoted name's content without its quotes; else as written
 * @param start the offset of its first character
 * @param end the offset after its last
 */
public record Token(Kind kind, String text, int start, int end) {
  public enum Kind {
    /** A name or keyword. */
    WORD,
    QUOTED_NAME,
    NUMBER,
    STRING,
    SYMBOL,
    END
  }

  public boolean is(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  public boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
  }

  /** How an error names it. */
  public String shown() {
    return switch (kind) {
      case END -> "the end of the text";
      case STRING -> "'" + text.replace("'", "''") + "'";
      case QUOTED_NAME -> '"' + text.replace("\"", "\"\"") + '"';
      case WORD, NUMBER, SYMBOL -> "'" + text + "'";
    };
  }
}
