package dev.penstock.sql;

import static dev.penstock.sql.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.testkit.Seeds;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ZonesTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("local", Scalar.LOCAL_TIMESTAMP),
          Field.of("at", Scalar.TIMESTAMP),
          Field.of("zone", Scalar.STRING));

  private static String toUtc(String local) {
    return (String)
        Rows.value("CAST(to_utc(LOCAL_TIMESTAMP '" + local + "', 'America/New_York') AS string)");
  }

  @Test
  void a_time_in_a_gap_shifts_forward() {
    // 2001-04-01 02:00 EST became 03:00 EDT: 02:30 was never shown, and means 03:30 EDT.
    assertThat(toUtc("2001-04-01 01:59:59.999999")).isEqualTo("2001-04-01 06:59:59.999999+00");
    assertThat(toUtc("2001-04-01 02:30")).isEqualTo("2001-04-01 07:30:00+00");
    assertThat(toUtc("2001-04-01 03:30")).isEqualTo("2001-04-01 07:30:00+00");
    assertThat(toUtc("2001-04-01 03:00")).isEqualTo("2001-04-01 07:00:00+00");
  }

  @Test
  void an_ambiguous_time_takes_the_earlier_offset() {
    // 2001-10-28 02:00 EDT became 01:00 EST: 01:30 was shown twice, and means 01:30 EDT.
    assertThat(toUtc("2001-10-28 00:59")).isEqualTo("2001-10-28 04:59:00+00");
    assertThat(toUtc("2001-10-28 01:00")).isEqualTo("2001-10-28 05:00:00+00");
    assertThat(toUtc("2001-10-28 01:59")).isEqualTo("2001-10-28 05:59:00+00");
    assertThat(toUtc("2001-10-28 02:00")).isEqualTo("2001-10-28 07:00:00+00");
  }

  static LongStream seeds() {
    return Seeds.of(2, 40);
  }

  /** Java's own rule for gaps and overlaps is the one we promise. */
  @ParameterizedTest
  @MethodSource("seeds")
  void every_zone_agrees_with_java_time(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Object[]> rows = new ArrayList<>();
    for (String zone : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      for (int i = 0; i < 8; i++) {
        long at = random.nextLong(-5_000_000_000_000_000L, 9_000_000_000_000_000L);
        rows.add(row(at, at, zone));
        rows.add(atTransition(random, zone));
      }
    }
    Batch batch = Rows.of(SCHEMA, rows.toArray(Object[][]::new));
    Column utc = Rows.compile("to_utc(local, zone)", SCHEMA).evaluate(batch);
    Column local = Rows.compile("to_local(at, zone)", SCHEMA).evaluate(batch);
    for (int i = 0; i < batch.rows(); i++) {
      ZoneId zone = ZoneId.of((String) batch.column("zone").value(i));
      LocalDateTime written = time((Long) batch.column("local").value(i));
      assertThat(utc.value(i))
          .as("seed %d %s %s", seed, written, zone)
          .isEqualTo(micros(ZonedDateTime.of(written, zone).withZoneSameInstant(ZoneOffset.UTC)));
      Instant at = time((Long) batch.column("at").value(i)).toInstant(ZoneOffset.UTC);
      assertThat(local.value(i))
          .as("seed %d %s %s", seed, at, zone)
          .isEqualTo(micros(at.atZone(zone)));
    }
  }

  private static Object[] atTransition(SplittableRandom random, String zone) {
    long second = random.nextLong(-1_500_000_000L, 6_000_000_000L);
    ZoneOffsetTransition transition =
        ZoneId.of(zone).getRules().nextTransition(Instant.ofEpochSecond(second));
    long instant = transition == null ? second : transition.toEpochSecond();
    long offset = transition == null ? 0 : transition.getOffsetBefore().getTotalSeconds();
    long near = random.nextLong(-7_200, 7_201) * 1_000_000 + random.nextInt(-1, 2);
    return row((instant + offset) * 1_000_000 + near, instant * 1_000_000 + near, zone);
  }

  private static LocalDateTime time(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L),
        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
        ZoneOffset.UTC);
  }

  private static long micros(ZonedDateTime time) {
    LocalDateTime local = time.toLocalDateTime();
    return local.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + local.getNano() / 1_000;
  }

  @Test
  void times_near_the_ends_of_the_range_are_null() {
    Batch batch =
        Rows.of(
            SCHEMA,
            row(Long.MAX_VALUE, Long.MAX_VALUE, "America/New_York"),
            row(Long.MIN_VALUE, Long.MIN_VALUE, "America/New_York"));
    assertThat(Rows.values(Rows.compile("to_utc(local, zone)", SCHEMA).evaluate(batch)))
        .satisfies(values -> assertThat(values.get(0)).isNull());
    assertThat(Rows.values(Rows.compile("to_local(at, zone)", SCHEMA).evaluate(batch)))
        .satisfies(values -> assertThat(values.get(1)).isNull());
  }
}
