package dev.penstock.app.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a file a request asks for (RFC 9110, 14.1.2): one range. Of several, or of units
 * that nobody knows, all bytes are the answer.
 */
record ByteRange(long first, long length) {
  private static final Pattern BYTES = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /** The range meant by a header; null if the file has none of these bytes. */
  static @Nullable ByteRange of(@Nullable String header, long size) {
    Matcher range = header == null ? null : BYTES.matcher(header);
    if (range == null || !range.matches() || range.group().length() == "bytes=-".length()) {
      return new ByteRange(0, size);
    }
    String from = range.group(1);
    String to = range.group(2);
    if (from.isEmpty()) {
      long last = Math.min(size, Long.parseLong(to));
      return last == 0 ? null : new ByteRange(size - last, last);
    }
    long first = Long.parseLong(from);
    long end = to.isEmpty() ? size : Math.min(size, Long.parseLong(to) + 1);
    if (!to.isEmpty() && Long.parseLong(to) < first) {
      return new ByteRange(0, size);
    }
    return first >= size ? null : new ByteRange(first, end - first);
  }

  /** {@code bytes 0-9/100}. */
  String of(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
