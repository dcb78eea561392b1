package dev.penstock.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of a dataset.
 *
 * @param split the split whose rows it holds
 * @param path relative to the dataset's folder, with {@code /}
 * @param sha256 of its bytes, in hexadecimal
 */
public record DatasetFile(String split, String path, long rows, long bytes, String sha256) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Describes a file that was just written under {@code folder}. */
  public static DatasetFile of(String split, Path folder, Path file, long rows) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
    long bytes = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
    }
    String path = folder.relativize(file).toString().replace('\\', '/');
    return new DatasetFile(split, path, rows, bytes, HexFormat.of().formatHex(digest.digest()));
  }
}
