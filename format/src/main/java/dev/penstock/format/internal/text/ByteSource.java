package dev.penstock.format.internal.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * A text file's bytes through a window that moves forward and grows with what it must hold. A byte
 * order mark is left out, {@code .gz} is unpacked.
 */
final class ByteSource implements AutoCloseable {
  /** A record longer than this is taken for damage. */
  static final int MOST_RECORD_BYTES = 16 << 20;

  private static final int FIRST_WINDOW_BYTES = 1 << 18;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private byte[] window = new byte[FIRST_WINDOW_BYTES];

  /** What is in the window and not consumed: {@code [start, end)}. */
  private int start;

  private int end;
  private boolean ended;

  private ByteSource(InputStream in) {
    this.in = in;
  }

  static ByteSource open(Path path) throws IOException {
    InputStream in = Files.newInputStream(path);
    try {
      if (path.toString().endsWith(".gz")) {
        in = new GZIPInputStream(in, FIRST_WINDOW_BYTES);
      }
      ByteSource source = new ByteSource(in);
      while (source.end < MARK.length && source.more()) {}
      if (source.end >= MARK.length && Arrays.equals(MARK, Arrays.copyOf(source.window, 3))) {
        source.start = MARK.length;
      }
      return source;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  byte[] window() {
    return window;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Whether the file has nothing after what is in the window. */
  boolean ended() {
    return ended;
  }

  /** Whether the window holds as much as it ever may. */
  boolean full() {
    return end - start >= MOST_RECORD_BYTES;
  }

  void consume(int upTo) {
    start = upTo;
  }

  /** Brings more bytes into the window, which may move them; false at the end of the file. */
  boolean more() throws IOException {
    if (ended) {
      return false;
    }
    if (end == window.length) {
      int held = end - start;
      byte[] target = held > window.length / 2 ? new byte[window.length * 2] : window;
      System.arraycopy(window, start, target, 0, held);
      window = target;
      start = 0;
      end = held;
    }
    int read = in.read(window, end, window.length - end);
    ended = read < 0;
    end += Math.max(read, 0);
    return !ended;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
