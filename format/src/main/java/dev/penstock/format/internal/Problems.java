package dev.penstock.format.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** The errors of files, each with the file's path as its place. */
public final class Problems {
  private Problems() {}

  public static PenstockException missing(Path path) {
    return new PenstockException(
        ErrorCode.FILE_NOT_FOUND, place(path), "there is no such file", "check the path");
  }

  public static PenstockException corrupt(Path path, String what, Throwable cause) {
    return new PenstockException(
        ErrorCode.FILE_CORRUPT,
        place(path),
        what,
        "the file is damaged or was cut off: write or copy it again",
        cause);
  }

  /** What a failed read means: content that ends early or makes no sense is damage. */
  public static PenstockException reading(Path path, String what, Exception cause) {
    if (cause instanceof PenstockException known) {
      return known;
    }
    if (cause instanceof NoSuchFileException) {
      return missing(path);
    }
    boolean damage =
        cause instanceof RuntimeException
            || cause instanceof EOFException
            || cause instanceof ZipException;
    return damage
        ? corrupt(path, what + " (" + reason(cause) + ")", cause)
        : failed(path, what, cause);
  }

  public static PenstockException failed(Path path, String what, Exception cause) {
    return new PenstockException(
        ErrorCode.IO,
        place(path),
        what + " (" + reason(cause) + ")",
        cause instanceof AccessDeniedException ? "check the file's permissions" : "",
        cause);
  }

  public static PenstockException incompatible(Path path, String what, String hint) {
    return new PenstockException(ErrorCode.SCHEMA_INCOMPATIBLE, place(path), what, hint);
  }

  public static PenstockException unsupported(Path path, String what, String hint) {
    return new PenstockException(ErrorCode.UNSUPPORTED, place(path), what, hint);
  }

  public static Place place(Path path) {
    return Place.of(path.toString());
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return cause instanceof IOException && message != null
        ? message
        : cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
