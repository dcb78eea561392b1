package dev.penstock.sql.internal;

/**
 * The proleptic Gregorian calendar by arithmetic on day numbers (days since 1970-01-01), after
 * Howard Hinnant, "chrono-compatible low-level date algorithms". Exact for every day that a
 * timestamp in microseconds can name.
 */
final class Civil {
  static final long SECOND = 1_000_000L;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private static final long DAYS_IN_ERA = 146_097;

  /** From 0000-03-01 to 1970-01-01. */
  private static final long EPOCH = 719_468;

  private Civil() {}

  /** The day's date as {@code year * 512 + month * 32 + day}. */
  static long date(long day) {
    long z = day + EPOCH;
    long era = Math.floorDiv(z, DAYS_IN_ERA);
    long dayOfEra = z - era * DAYS_IN_ERA;
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long shiftedMonth = (5 * dayOfYear + 2) / 153;
    long dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
    long month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return year * 512 + month * 32 + dayOfMonth;
  }

  static long year(long date) {
    return date >> 9;
  }

  static long month(long date) {
    return (date >> 5) & 15;
  }

  static long dayOfMonth(long date) {
    return date & 31;
  }

  /** The day number of a date; days beyond the month's end run on into the next. */
  static long day(long year, long month, long dayOfMonth) {
    long y = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(y, 400L);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_IN_ERA + dayOfEra - EPOCH;
  }

  static boolean isDate(long year, long month, long dayOfMonth) {
    return month >= 1
        && month <= 12
        && dayOfMonth >= 1
        && date(day(year, month, dayOfMonth)) == year * 512 + month * 32 + dayOfMonth;
  }

  /** Monday is 1, Sunday 7. */
  static long isoDayOfWeek(long day) {
    return Math.floorMod(day + 3, 7L) + 1;
  }

  /** The ISO 8601 week: week 1 has the year's first Thursday. */
  static long isoWeek(long day) {
    long thursday = day - isoDayOfWeek(day) + 4;
    return (thursday - day(year(date(thursday)), 1, 1)) / 7 + 1;
  }
}
