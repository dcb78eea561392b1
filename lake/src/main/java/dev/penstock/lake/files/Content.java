package dev.penstock.lake.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads the bytes of a file once, and says which they were. */
final class Content {
  private static final int BUFFER_BYTES = 1 << 16;

  private Content() {}

  /** Takes bytes on their way. */
  interface Sink {
    void write(byte[] bytes, int length) throws IOException;
  }

  /**
   * Gives all bytes to the sink.
   *
   * @throws UnreadableFile if reading fails
   * @throws IOException if the sink fails
   */
  static StoredFile read(Path file, Sink sink) throws UnreadableFile, IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    try (InputStream in = open(file)) {
      for (int read = next(in, buffer); read >= 0; read = next(in, buffer)) {
        digest.update(buffer, 0, read);
        sink.write(buffer, read);
        bytes += read;
      }
    }
    return new StoredFile(HexFormat.of().formatHex(digest.digest()), bytes);
  }

  private static InputStream open(Path file) throws UnreadableFile {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static int next(InputStream in, byte[] buffer) throws UnreadableFile {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static UnreadableFile unreadable(IOException cause) {
    String why =
        cause instanceof NoSuchFileException
            ? "it is not there any more"
            : cause instanceof AccessDeniedException ? "it may not be read" : cause.toString();
    return new UnreadableFile(why, cause);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
