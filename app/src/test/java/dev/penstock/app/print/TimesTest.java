package dev.penstock.app.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
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
