package dev.penstock.format.internal.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file that are not blank. */
final class Lines implements AutoCloseable {
  private final ByteSource source;
  private long line;
  private int start;
  private int end;
  private @Nullable String problem;

  private Lines(ByteSource source) {
    this.source = source;
  }

  static Lines open(Path path) throws IOException {
    return new Lines(ByteSource.open(path));
  }

  boolean next() throws IOException {
    while (source.start() < source.end() || source.more()) {
      if (!scan()) {
        source.more();
      } else if (problem != null || !isBlank()) {
        return true;
      }
    }
    return false;
  }

  long line() {
    return line;
  }

  @Nullable String problem() {
    return problem;
  }

  String text() {
    return new String(source.window(), start, end - start, StandardCharsets.UTF_8);
  }

  JsonParser parser(JsonFactory json) throws IOException {
    return json.createParser(source.window(), start, end - start);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /** Finds the end of the line at the window's start; false if it is not in the window yet. */
  private boolean scan() {
    byte[] window = source.window();
    start = source.start();
    problem = null;
    int at = start;
    while (at < source.end() && window[at] != '\n') {
      at++;
    }
    if (at == source.end() && !source.ended()) {
      if (!source.full()) {
        return false;
      }
      problem = "it is longer than " + ByteSource.MOST_RECORD_BYTES + " bytes";
    }
    line++;
    source.consume(Math.min(at + 1, source.end()));
    end = at > start && window[at - 1] == '\r' ? at - 1 : at;
    return true;
  }

  private boolean isBlank() {
    for (int i = start; i < end; i++) {
      byte b = source.window()[i];
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
