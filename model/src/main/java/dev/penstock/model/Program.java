package dev.penstock.model;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, or to a limit. */
final class Program {
  /** How much of what it wrote is kept for an error. */
  private static final int KEPT_BYTES = 4_096;

  private static final long STOPPING_SECONDS = 5;

  private Program() {}

  /** How a program ended. */
  record Ended(boolean timedOut, int exitCode, String lastLines) {}

  /**
   * Starts a program and waits for it. What it writes goes to a file, so that it cannot block on a
   * pipe nobody reads. When the time is over, or this thread is interrupted, it is stopped with all
   * it started.
   */
  static Ended run(
      List<String> line,
      Map<String, String> environment,
      Path folder,
      Path captured,
      Duration limit)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(captured.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = false;
    try {
      ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    } finally {
      if (!ended) {
        stop(process);
      }
    }
    return new Ended(!ended, ended ? process.exitValue() : -1, tail(captured));
  }

  private static void stop(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String tail(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, in.length() - KEPT_BYTES);
      in.seek(from);
      byte[] bytes = new byte[(int) (in.length() - from)];
      in.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      // The first line of a cut file is part of one.
      return (from == 0 ? text : text.substring(text.indexOf('\n') + 1)).strip();
    }
  }
}
