package dev.penstock.format.internal.text;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads dates and times as ISO 8601 writes them: {@code 2001-03-04}, {@code 2001-03-04T05:06},
 * {@code 2001-03-04 05:06:07.123456+02:00}. Digits after the microsecond are cut off.
 */
final class TextTime {
  private static final int DATE_LENGTH = 10;
  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final long MICROS_OF_SECOND = 1_000_000L;

  private final byte[] bytes;
  private final int end;
  private int at;

  private TextTime(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /**
   * Days since 1970.
   *
   * @throws DateTimeException if the text is no date
   */
  static int date(byte[] bytes, int from, int to) {
    TextTime text = new TextTime(bytes, from, to);
    int day = text.date();
    if (text.at != to) {
      throw new DateTimeException("text follows the date");
    }
    return day;
  }

  /**
   * Microseconds since 1970: of an instant if the text must have a zone, of a wall clock if it must
   * not.
   *
   * @throws DateTimeException if the text is no such time
   */
  static long time(byte[] bytes, int from, int to, boolean zoned) {
    TextTime text = new TextTime(bytes, from, to);
    long micros = text.date() * MICROS_OF_DAY;
    if (text.at < to) {
      text.oneOf('T', ' ');
      micros += text.timeOfDay();
    }
    boolean hasZone = text.at < to;
    if (hasZone != zoned) {
      throw new DateTimeException(
          hasZone
              ? "it has a zone: declare it timestamp"
              : "it has no zone: declare it local_timestamp");
    }
    if (hasZone) {
      micros -= text.offset();
    }
    if (text.at != to) {
      throw new DateTimeException("text follows the time");
    }
    return micros;
  }

  private int date() {
    if (end - at < DATE_LENGTH) {
      throw new DateTimeException("it is too short");
    }
    int year = digits(4);
    oneOf('-', '-');
    int month = digits(2);
    oneOf('-', '-');
    return Math.toIntExact(LocalDate.of(year, month, digits(2)).toEpochDay());
  }

  private long timeOfDay() {
    int hour = digits(2);
    oneOf(':', ':');
    int minute = digits(2);
    int second = 0;
    long micros = 0;
    if (at < end && bytes[at] == ':') {
      at++;
      second = digits(2);
      if (at < end && (bytes[at] == '.' || bytes[at] == ',')) {
        at++;
        micros = fraction();
      }
    }
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("there is no such time of day");
    }
    return ((hour * 60L + minute) * 60 + second) * MICROS_OF_SECOND + micros;
  }

  private long fraction() {
    long micros = 0;
    long unit = MICROS_OF_SECOND;
    int from = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      unit /= 10;
      micros += (bytes[at++] - '0') * unit;
    }
    if (at == from) {
      throw new DateTimeException("a fraction has no digits");
    }
    return micros;
  }

  private long offset() {
    if (bytes[at] == 'Z' || bytes[at] == 'z') {
      at++;
      return 0;
    }
    int sign = bytes[at] == '-' ? -1 : 1;
    oneOf('+', '-');
    long minutes = digits(2) * 60L;
    if (at < end) {
      if (bytes[at] == ':') {
        at++;
      }
      minutes += digits(2);
    }
    return sign * minutes * 60 * MICROS_OF_SECOND;
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (at == end || bytes[at] < '0' || bytes[at] > '9') {
        throw new DateTimeException("a digit is missing");
      }
      value = value * 10 + bytes[at++] - '0';
    }
    return value;
  }

  private void oneOf(char first, char second) {
    if (at == end || (bytes[at] != first && bytes[at] != second)) {
      throw new DateTimeException("'" + first + "' is missing");
    }
    at++;
  }
}
