package dev.penstock.app.print;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the usual form of a time, {@code 2001-06-01T00:05:00.123456} with or without
 * seconds and fraction, digit by digit: rows have several, and the general parser and formatter
 * take a microsecond for each. What is written otherwise is left to them.
 */
final class IsoTime {
  /** The text is not in the usual form. */
  static final long OTHER = Long.MIN_VALUE;

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  /** Of {@code 2001-06-01T00:05:00.}. */
  private static final int BEFORE_FRACTION = 20;

  private static final int FRACTION_DIGITS = 6;
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private IsoTime() {}

  /**
   * Writes microseconds since 1970-01-01T00:00, with seconds and as many digits of fraction as it
   * takes, a multiple of a step; null if the year does not have four digits.
   *
   * @param digitStep 1 or 3
   * @param suffix what stands behind it
   */
  static @Nullable String write(long micros, int digitStep, String suffix) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY));
    if (date.getYear() < 0 || date.getYear() > 9999) {
      return null;
    }
    byte[] text = new byte[BEFORE_FRACTION + FRACTION_DIGITS + suffix.length()];
    put(text, 0, date.getYear() / 100);
    put(text, 2, date.getYear() % 100);
    text[4] = '-';
    put(text, 5, date.getMonthValue());
    text[7] = '-';
    put(text, 8, date.getDayOfMonth());
    text[10] = 'T';
    long ofDay = Math.floorMod(micros, MICROS_PER_DAY);
    int second = (int) (ofDay / MICROS_PER_SECOND);
    put(text, 11, second / 3_600);
    text[13] = ':';
    put(text, 14, second / 60 % 60);
    text[16] = ':';
    put(text, 17, second % 60);
    int length = 19 + writeFraction(text, (int) (ofDay % MICROS_PER_SECOND), digitStep);
    for (int i = 0; i < suffix.length(); i++) {
      text[length++] = (byte) suffix.charAt(i);
    }
    return new String(text, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** Writes the point and the digits after it at 19, if there are any; how many bytes. */
  private static int writeFraction(byte[] text, int micros, int digitStep) {
    if (micros == 0) {
      return 0;
    }
    text[19] = '.';
    put(text, BEFORE_FRACTION, micros / 10_000);
    put(text, BEFORE_FRACTION + 2, micros / 100 % 100);
    put(text, BEFORE_FRACTION + 4, micros % 100);
    int digits = FRACTION_DIGITS;
    while (text[BEFORE_FRACTION + digits - 1] == '0') {
      digits--;
    }
    return 1 + (digits + digitStep - 1) / digitStep * digitStep;
  }

  private static void put(byte[] text, int at, int twoDigits) {
    text[at] = (byte) ('0' + twoDigits / 10);
    text[at + 1] = (byte) ('0' + twoDigits % 10);
  }

  /**
   * Microseconds since 1970-01-01T00:00 of the time in {@code text[0, end)}, or {@link #OTHER}. A
   * fraction's digits after the sixth are left out.
   */
  static long parse(String text, int end) {
    if (end < 16
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || (text.charAt(10) != 'T' && text.charAt(10) != ' ')
        || text.charAt(13) != ':') {
      return OTHER;
    }
    int century = two(text, 0);
    int yearOfCentury = two(text, 2);
    int month = two(text, 5);
    int day = two(text, 8);
    int hour = two(text, 11);
    int minute = two(text, 14);
    int second = 0;
    if (end > 16) {
      if (end < 19 || text.charAt(16) != ':') {
        return OTHER;
      }
      second = two(text, 17);
    }
    if ((century | yearOfCentury | month | day | hour | minute | second) < 0
        || month < 1
        || month > 12
        || hour > 23
        || minute > 59
        || second > 59) {
      return OTHER;
    }
    int year = century * 100 + yearOfCentury;
    if (day < 1 || day > daysOf(month, year)) {
      return OTHER;
    }
    long micros = end > 19 ? fraction(text, end) : 0;
    if (micros < 0) {
      return OTHER;
    }
    long seconds = ((epochDay(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    return seconds * MICROS_PER_SECOND + micros;
  }

  /** The digits after a point at 19; negative if there is something else. */
  private static long fraction(String text, int end) {
    if (text.charAt(19) != '.' || end == 20 || end > 29) {
      return -1;
    }
    long micros = 0;
    for (int i = 20; i < 26; i++) {
      int digit = i < end ? text.charAt(i) - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      micros = micros * 10 + digit;
    }
    for (int i = 26; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    return micros;
  }

  /** Two digits as a number, or -1. */
  private static int two(String text, int at) {
    int tens = text.charAt(at) - '0';
    int ones = text.charAt(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private static int daysOf(int month, int year) {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : DAYS[month - 1];
  }

  /** Days since 1970-01-01; years begin in March here, so that the leap day comes last. */
  private static long epochDay(int year, int month, int day) {
    int shiftedYear = month > 2 ? year : year - 1;
    int era = Math.floorDiv(shiftedYear, 400);
    int yearOfEra = shiftedYear - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
