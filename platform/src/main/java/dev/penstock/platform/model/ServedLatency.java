package dev.penstock.platform.model;

import dev.penstock.feedback.Latency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How long served answers took, kept beside the project's state for the report. */
public final class ServedLatency {
  private ServedLatency() {}

  /** Replaces what is known under that name, in microseconds each. */
  public static void write(Path folder, String name, long[] micros) {
    ByteBuffer bytes = ByteBuffer.allocate(micros.length * Long.BYTES);
    for (long value : micros) {
      bytes.putLong(value);
    }
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name), bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that is known. */
  public static List<Latency> read(Path folder) {
    List<Latency> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        long[] micros = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(micros);
        found.add(Latency.of(file.getFileName().toString(), micros));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
