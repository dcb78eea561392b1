package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;

/**
 * A text under compilation and the place of its first character; makes errors that point into it.
 */
public record SourceText(String text, Place place) {
  public PenstockException error(ErrorCode code, int offset, String what, String hint) {
    return place.line() == 0
        ? new PenstockException(code, place, what + " (character " + (offset + 1) + ")", hint)
        : new PenstockException(code, place(offset), what, hint);
  }

  public Place place(int offset) {
    int line = 0;
    int lineStart = 0;
    for (int i = 0; i < offset && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return place.line() == 0 ? place : place.offset(line, offset - lineStart);
  }
}
