package dev.penstock.app.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.testkit.Seeds;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimesTest {
  private static final long JUNE = 991_353_600_000_000L;

  @Test
  void moments_are_read_with_any_zone() {
    assertThat(Times.parseInstant("2001-06-01T00:00:00Z")).isEqualTo(JUNE);
    assertThat(Times.parseInstant("2001-06-01T02:00+02:00")).isEqualTo(JUNE);
    assertThat(Times.parseInstant("2001-05-31T19:00:00.5-05:00")).isEqualTo(JUNE + 500_000);
    assertThat(Times.parseInstant("2001-06-01 00:00:00.000001Z")).isEqualTo(JUNE + 1);
  }

  @Test
  void moments_without_zone_are_utc() {
    assertThat(Times.parseInstant("2001-06-01T00:00")).isEqualTo(JUNE);
    assertThat(Times.parseInstant("2001-06-01")).isEqualTo(JUNE);
  }

  @Test
  void moments_are_written_as_they_are_read() {
    for (long micros :
        new long[] {0, -1, JUNE, JUNE + 1, JUNE + 500_000, -62_135_596_800_000_000L}) {
      assertThat(Times.parseInstant(Times.instant(micros))).isEqualTo(micros);
      assertThat(Times.parseLocal(Times.local(micros))).isEqualTo(micros);
    }
  }

  @Test
  void usual_form_is_read_as_the_general_parser_reads_it() {
    Seeds.of(2, 20).forEach(TimesTest::compareParsers);
  }

  private static void compareParsers(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(
              random.nextLong(-62_167_219_200L, 253_402_300_800L),
              random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000),
              ZoneOffset.UTC);
      if (random.nextInt(4) == 0) {
        time = time.truncatedTo(ChronoUnit.MINUTES);
      }
      String text = time.toString();
      assertThat(IsoTime.parse(text, text.length()))
          .as("%s, seed %d", text, seed)
          .isEqualTo(Times.micros(time.toInstant(ZoneOffset.UTC)));
    }
  }

  @Test
  void usual_form_is_written_as_the_general_formatter_writes_it() {
    Seeds.of(2, 20).forEach(TimesTest::compareFormatters);
  }

  private static void compareFormatters(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      long[] steps = {1, 10, 1_000, 500_000, 1_000_000, 60_000_000};
      // Also before the year 0 and after 9999, where there are signs.
      long seconds = random.nextLong(-99_167_219_200L, 299_402_300_800L);
      long micros = seconds * 1_000_000 + random.nextInt(1_000_000);
      micros -= Math.floorMod(micros, steps[random.nextInt(steps.length)]);
      Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      assertThat(Times.instant(micros)).as("seed %d", seed).isEqualTo(instant.toString());
      assertThat(Times.local(micros))
          .as("seed %d", seed)
          .isEqualTo(
              DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                  LocalDateTime.ofInstant(instant, ZoneOffset.UTC)));
    }
  }

  @Test
  void other_forms_are_left_to_the_general_parser() {
    for (String text :
        new String[] {
          "",
          "2001-02-29T00:00",
          "1900-02-29T00:00",
          "2001-06-31T00:00",
          "2001-06-01T24:00",
          "2001-06-01T00:60",
          "2001-06-01T00:00:60",
          "2001-06-01T00:00:0",
          "2001-06-01T00:00:00.",
          "2001-06-01T00:00:00.1234567890",
          "2001-06-01T00:00:00.12a",
          "2001-06-01T00:00:00+01:00",
          "20010-06-01T00:00",
          "-001-06-01T00:00",
          "2001/06/01T00:00",
          "2001-06-01X00:00"
        }) {
      assertThat(IsoTime.parse(text, text.length())).as(text).isEqualTo(IsoTime.OTHER);
    }
    assertThat(IsoTime.parse("2000-02-29T00:00", 16)).isNotEqualTo(IsoTime.OTHER);
  }

  @Test
  void local_time_with_a_zone_is_refused() {
    assertThatThrownBy(() -> Times.parseLocal("2001-06-01T00:00:00Z"))
        .isInstanceOf(DateTimeException.class);
  }

  @Test
  void what_is_no_moment_is_refused() {
    for (String text :
        new String[] {"", "soon", "2001-13-01", "2001-06-01T25:00Z", "1 June 2001"}) {
      assertThatThrownBy(() -> Times.parseInstant(text))
          .as(text)
          .isInstanceOf(DateTimeException.class);
    }
  }
}
