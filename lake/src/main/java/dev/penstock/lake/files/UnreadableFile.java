package dev.penstock.lake.files;

import org.jspecify.annotations.Nullable;

/** A file that somebody hands in cannot be read, or is not the same twice. */
public final class UnreadableFile extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableFile(String why, @Nullable Throwable cause) {
    super(why, cause);
  }

  /** What is wrong with it, without its name. */
  public String why() {
    return String.valueOf(getMessage());
  }
}
