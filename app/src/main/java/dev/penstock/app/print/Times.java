package dev.penstock.app.print;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Microseconds since 1970 and the texts people and JSON have for them. */
public final class Times {
  private static final long MICROS = 1_000_000L;

  private Times() {}

  /** {@code 2001-06-01T00:00:00Z}, with 3 or 6 digits of fraction where there is one. */
  public static String instant(long micros) {
    String usual = IsoTime.write(micros, 3, "Z");
    return usual != null ? usual : ofMicros(micros).toString();
  }

  /** {@code 2001-06-01T00:00:00}, without zone. */
  public static String local(long micros) {
    String usual = IsoTime.write(micros, 1, "");
    return usual != null
        ? usual
        : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            LocalDateTime.ofInstant(ofMicros(micros), ZoneOffset.UTC));
  }

  public static String date(int epochDay) {
    return LocalDate.ofEpochDay(epochDay).toString();
  }

  /**
   * Reads a moment: with zone ({@code 2001-06-01T00:00Z}, {@code 2001-05-31T19:00-05:00}), as a
   * date for its midnight in UTC, or without zone as UTC. A space may stand for the T.
   *
   * @throws DateTimeException if it is none of these
   */
  public static long parseInstant(String text) {
    int length = text.length();
    boolean utc = length > 0 && text.charAt(length - 1) == 'Z';
    long usual = IsoTime.parse(text, utc ? length - 1 : length);
    return usual != IsoTime.OTHER ? usual : parseAnyInstant(text);
  }

  private static long parseAnyInstant(String text) {
    if (text.length() == 10) {
      return micros(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    String written = text.length() > 10 && text.charAt(10) == ' ' ? withT(text) : text;
    char last = written.isEmpty() ? ' ' : written.charAt(written.length() - 1);
    boolean zoned = last == 'Z' || last == 'z' || written.indexOf('+', 10) > 0;
    zoned |= written.length() > 10 && written.indexOf('-', 11) > 0;
    return zoned
        ? micros(OffsetDateTime.parse(written).toInstant())
        : micros(LocalDateTime.parse(written).toInstant(ZoneOffset.UTC));
  }

  /**
   * Reads what a wall clock showed; a date is its midnight.
   *
   * @throws DateTimeException if the text is none, or has a zone
   */
  public static long parseLocal(String text) {
    long usual = IsoTime.parse(text, text.length());
    return usual != IsoTime.OTHER ? usual : parseAnyLocal(text);
  }

  private static long parseAnyLocal(String text) {
    if (text.length() == 10) {
      return micros(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    String written = text.length() > 10 && text.charAt(10) == ' ' ? withT(text) : text;
    return micros(LocalDateTime.parse(written).toInstant(ZoneOffset.UTC));
  }

  /** Days since 1970; throws {@link DateTimeException} if the text is no date. */
  public static int parseDate(String text) {
    return Math.toIntExact(LocalDate.parse(text).toEpochDay());
  }

  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1_000);
  }

  private static Instant ofMicros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static String withT(String text) {
    return text.substring(0, 10) + "T" + text.substring(11);
  }
}
