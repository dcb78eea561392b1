package dev.penstock.format.internal.wire;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import org.jspecify.annotations.Nullable;

/** How both formats word what is wrong. */
final class Wire {
  private Wire() {}

  static PenstockException broken(String format, Throwable cause) {
    return new PenstockException(
        ErrorCode.FILE_FORMAT,
        null,
        "the request is no whole " + format + ": " + said(cause),
        "nothing of it was taken; send it again whole",
        cause);
  }

  static PenstockException unsupported(String column, Object type, @Nullable String hint) {
    return new PenstockException(
        ErrorCode.UNSUPPORTED,
        "column '" + column + "' is " + type + ", which is no type of ours",
        hint == null ? "leave the column out, or send it as another type" : hint);
  }

  private static String said(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
