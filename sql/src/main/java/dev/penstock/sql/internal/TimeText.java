package dev.penstock.sql.internal;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times as text: {@code 2001-05-31}, {@code 2001-05-31 23:59:59.5}, {@code …Z}. */
final class TimeText {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})"
              + "(?:[T ](\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,6})\\d*)?)?)?"
              + "(Z|[+-]\\d{2}(?::?\\d{2})?)?");

  private TimeText() {}

  /**
   * Days for a DATE, microseconds else; null when the text is no such time. Only a TIMESTAMP has an
   * offset; without one it is UTC.
   */
  static @Nullable Long parse(String text, Type type) {
    Matcher m = WRITTEN.matcher(text.strip());
    if (!m.matches()
        || (m.group(8) != null && (type != Scalar.TIMESTAMP || m.group(4) == null))
        || (m.group(4) != null && type == Scalar.DATE)) {
      return null;
    }
    long year = Long.parseLong(m.group(1));
    long month = Long.parseLong(m.group(2));
    long dayOfMonth = Long.parseLong(m.group(3));
    if (!Civil.isDate(year, month, dayOfMonth)) {
      return null;
    }
    long day = Civil.day(year, month, dayOfMonth);
    if (type == Scalar.DATE) {
      return day;
    }
    long hour = number(m.group(4));
    long minute = number(m.group(5));
    long second = number(m.group(6));
    if (hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    String fraction = m.group(7) == null ? "" : m.group(7);
    long micros = number((fraction + "000000").substring(0, 6));
    long local =
        day * Civil.DAY
            + hour * Civil.HOUR
            + minute * Civil.MINUTE
            + second * Civil.SECOND
            + micros;
    return local - offset(m.group(8));
  }

  private static long offset(@Nullable String written) {
    if (written == null || written.equals("Z")) {
      return 0;
    }
    String digits = written.substring(1).replace(":", "");
    long micros =
        number(digits.substring(0, 2)) * Civil.HOUR + number(digits.substring(2)) * Civil.MINUTE;
    return written.charAt(0) == '-' ? -micros : micros;
  }

  private static long number(@Nullable String digits) {
    return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  /** The text of a day, or null for one outside of the years 1 to 9999. */
  static @Nullable String ofDay(long day) {
    long date = Civil.date(day);
    long year = Civil.year(date);
    if (year < 1 || year > 9999) {
      return null;
    }
    StringBuilder out = new StringBuilder(10);
    pad(out, year, 4);
    pad(out.append('-'), Civil.month(date), 2);
    pad(out.append('-'), Civil.dayOfMonth(date), 2);
    return out.toString();
  }

  /** The text of a time, its fraction without trailing zeros. */
  static @Nullable String ofMicros(long micros) {
    String day = ofDay(Math.floorDiv(micros, Civil.DAY));
    if (day == null) {
      return null;
    }
    long rest = Math.floorMod(micros, Civil.DAY);
    StringBuilder out = new StringBuilder(26).append(day).append(' ');
    pad(out, rest / Civil.HOUR, 2);
    pad(out.append(':'), rest / Civil.MINUTE % 60, 2);
    pad(out.append(':'), rest / Civil.SECOND % 60, 2);
    long fraction = rest % Civil.SECOND;
    if (fraction != 0) {
      pad(out.append('.'), fraction, 6);
      int end = out.length();
      while (out.charAt(end - 1) == '0') {
        end--;
      }
      out.setLength(end);
    }
    return out.toString();
  }

  private static void pad(StringBuilder out, long number, int digits) {
    String written = Long.toString(number);
    out.append("0".repeat(digits - written.length())).append(written);
  }
}
