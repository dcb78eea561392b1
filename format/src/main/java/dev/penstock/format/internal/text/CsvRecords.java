package dev.penstock.format.internal.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file (RFC 4180), each with its line and its text as it stands in the file.
 * We parse the bytes ourselves because a bad row has to be shown as it was written, and because a
 * quote that is never closed must cost one line and not the rest of the file.
 */
final class CsvRecords implements AutoCloseable {
  private static final byte QUOTE = '"';
  private static final byte[] DELIMITERS = {',', ';', '\t', '|'};

  private final ByteSource source;
  private final byte delimiter;

  private long line = 1;
  private long recordLine;
  private int recordLines;
  private int recordStart;
  private int recordEnd;
  private @Nullable String problem;

  private int fields;
  private int[] starts = new int[16];
  private int[] ends = new int[16];

  /** 0 plain, 1 quoted, 2 quoted with doubled quotes inside. */
  private byte[] quotes = new byte[16];

  private CsvRecords(ByteSource source, byte delimiter) {
    this.source = source;
    this.delimiter = delimiter;
  }

  static CsvRecords open(Path path) throws IOException {
    ByteSource source = ByteSource.open(path);
    try {
      return new CsvRecords(source, delimiter(source));
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** Goes to the next record that is not an empty line. */
  boolean next() throws IOException {
    while (true) {
      if (source.start() == source.end() && !source.more()) {
        return false;
      }
      if (!scan()) {
        source.more();
        continue;
      }
      recordLine = line;
      line += recordLines;
      source.consume(recordEnd);
      if (problem != null || fields > 1 || ends[0] > starts[0] || quotes[0] > 0) {
        return true;
      }
    }
  }

  /** The line the record starts on, from 1. */
  long line() {
    return recordLine;
  }

  /** Why the record cannot be split into fields, or null if it could. */
  @Nullable String problem() {
    return problem;
  }

  /** The record as it stands in the file, without the line's end. */
  String text() {
    int end = recordEnd;
    byte[] window = source.window();
    while (end > recordStart && (window[end - 1] == '\n' || window[end - 1] == '\r')) {
      end--;
    }
    return new String(window, recordStart, end - recordStart, StandardCharsets.UTF_8);
  }

  int fields() {
    return fields;
  }

  /** Like {@link #read}, but an empty field that is not quoted is null. */
  @Nullable String readNullable(int field, TextColumn column) {
    if (quotes[field] == 0 && starts[field] == ends[field]) {
      column.setNull();
      return null;
    }
    return read(field, column);
  }

  /** Hands the bytes of a field over, doubled quotes made single. */
  @Nullable String read(int field, TextColumn column) {
    byte[] window = source.window();
    if (quotes[field] < 2) {
      return column.parse(window, starts[field], ends[field]);
    }
    byte[] single = new byte[ends[field] - starts[field]];
    int length = 0;
    for (int i = starts[field]; i < ends[field]; i++) {
      single[length++] = window[i];
      if (window[i] == QUOTE) {
        i++;
      }
    }
    return column.parse(single, 0, length);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /**
   * Finds the fields of the record at the window's start. False if the window ends before the
   * record does: then there must be more first.
   */
  private boolean scan() {
    byte[] window = source.window();
    int end = source.end();
    recordStart = source.start();
    recordLines = 1;
    problem = null;
    fields = 0;
    int at = recordStart;
    while (true) {
      int fieldStart = at;
      byte quote = 0;
      int fieldEnd;
      if (at < end && window[at] == QUOTE) {
        quote = 1;
        at++;
        while (true) {
          if (at == end || (at + 1 == end && !source.ended())) {
            return atEnd("a quote is not closed");
          }
          if (window[at] == QUOTE) {
            if (at + 1 == end || window[at + 1] != QUOTE) {
              break;
            }
            quote = 2;
            at++;
          } else if (window[at] == '\n') {
            recordLines++;
          }
          at++;
        }
        fieldEnd = at++;
        fieldStart++;
        if (at < end && window[at] == '\r') {
          at++;
        }
        if (at < end && window[at] != delimiter && window[at] != '\n') {
          problem = "text follows a closing quote";
        }
      } else {
        fieldEnd = at;
      }
      while (at < end && window[at] != delimiter && window[at] != '\n') {
        at++;
      }
      if (at == end && !source.ended()) {
        return atEnd("it is longer than " + ByteSource.MOST_RECORD_BYTES + " bytes");
      }
      if (quote == 0) {
        boolean lineEnd = at == end || window[at] == '\n';
        fieldEnd = lineEnd && at > fieldStart && window[at - 1] == '\r' ? at - 1 : at;
      }
      add(fieldStart, fieldEnd, quote);
      if (at == end || window[at] == '\n') {
        recordEnd = Math.min(at + 1, end);
        return true;
      }
      at++;
    }
  }

  /** The window ended within a field: if no more can come, only the first line is the record. */
  private boolean atEnd(String what) {
    if (!source.ended() && !source.full()) {
      return false;
    }
    problem = what;
    recordLines = 1;
    recordEnd = source.end();
    for (int i = recordStart; i < source.end(); i++) {
      if (source.window()[i] == '\n') {
        recordEnd = i + 1;
        break;
      }
    }
    return true;
  }

  private void add(int start, int end, byte quote) {
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      quotes = Arrays.copyOf(quotes, fields * 2);
    }
    starts[fields] = start;
    ends[fields] = end;
    quotes[fields++] = quote;
  }

  /** The delimiter seen most in the first line, outside quotes. */
  private static byte delimiter(ByteSource source) throws IOException {
    while (!source.full() && !hasLine(source) && source.more()) {}
    int[] counts = new int[DELIMITERS.length];
    boolean quoted = false;
    for (int i = source.start(); i < source.end() && source.window()[i] != '\n'; i++) {
      byte b = source.window()[i];
      quoted ^= b == QUOTE;
      for (int d = 0; d < DELIMITERS.length && !quoted; d++) {
        counts[d] += b == DELIMITERS[d] ? 1 : 0;
      }
    }
    int most = 0;
    for (int d = 1; d < DELIMITERS.length; d++) {
      most = counts[d] > counts[most] ? d : most;
    }
    return DELIMITERS[most];
  }

  private static boolean hasLine(ByteSource source) {
    for (int i = source.start(); i < source.end(); i++) {
      if (source.window()[i] == '\n') {
        return true;
      }
    }
    return false;
  }
}
