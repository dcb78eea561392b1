package dev.penstock.data;

import org.jspecify.annotations.Nullable;

/**
 * An error a person can act on: a stable code, where it is, what is wrong, and what to do. Its
 * message reads {@code CODE place what. hint}.
 */
public final class PenstockException extends RuntimeException {
  private final ErrorCode code;
  private final @Nullable Place place;
  private final String what;
  private final String hint;

  public PenstockException(ErrorCode code, String what, String hint) {
    this(code, null, what, hint, null);
  }

  public PenstockException(ErrorCode code, Place place, String what, String hint) {
    this(code, place, what, hint, null);
  }

  public PenstockException(
      ErrorCode code, @Nullable Place place, String what, String hint, @Nullable Throwable cause) {
    super(
        code
            + " "
            + (place == null ? "" : place + " ")
            + what
            + (hint.isEmpty() ? "" : "; " + hint),
        cause);
    this.code = code;
    this.place = place;
    this.what = what;
    this.hint = hint;
  }

  public ErrorCode code() {
    return code;
  }

  public @Nullable Place place() {
    return place;
  }

  public String what() {
    return what;
  }

  /** What the reader may do about it; empty when there is nothing to add. */
  public String hint() {
    return hint;
  }

  /** The same error, said of a place when it had none. */
  public PenstockException at(Place where) {
    return place != null ? this : new PenstockException(code, where, what, hint, this);
  }
}
