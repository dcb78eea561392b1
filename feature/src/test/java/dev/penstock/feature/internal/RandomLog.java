package dev.penstock.feature.internal;

import dev.penstock.feature.ChangelogMode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A random log, in order of acceptance: offsets are dense in each partition, and everything that
 * makes logs hard happens, most of it in each seed.
 */
final class RandomLog {
  /** 2001-04-01T00:00Z, a day on which the United States changed to summer time. */
  static final long DAY_OF_TIME_CHANGE = 986_083_200_000_000L;

  /** 2001-10-28T00:00Z, on which the United States and Europe left it. */
  private static final long DAY_OF_TIME_CHANGE_BACK =
      DAY_OF_TIME_CHANGE + 210 * 24 * RandomView.HOUR;

  private static final int[] PARTITIONS = {0, 1, 7};
  private static final String[] TEXTS = {"", "a", "b", "ab\0c", "naïve", "\uD83D\uDE80"};

  private final SplittableRandom random;
  private final long start;
  private final long length;
  private final int keys;
  private final int partitions;

  /** How likely, in percent, each kind of trouble is in this log. */
  private final int nulls;

  private final int specials;
  private final int lates;
  private final int times;
  private final int magnitudes;
  private final boolean fromTheBeginning;

  /** How likely, in percent, a row is taken back, and that another comes in its place. */
  private final int retractions;

  private final int updates;

  /** How likely, in percent, a row comes a second time, as another row with the same content. */
  private final int duplicates;

  /**
   * @param reach about how long the view's windows are
   */
  RandomLog(SplittableRandom random, long reach, ChangelogMode changes) {
    this.random = random;
    this.retractions = changes == ChangelogMode.INSERT_ONLY ? 0 : random.nextBoolean() ? 10 : 60;
    this.updates = random.nextInt(2) * 60;
    this.duplicates = random.nextInt(3) == 0 ? 20 : 0;
    // Where rows are taken back, often many in one tile.
    boolean dense = changes == ChangelogMode.RETRACT && random.nextInt(3) > 0;
    long[] lengths = {reach, 3 * reach, 10 * reach};
    this.length = Math.max(2, dense ? reach / 20 : lengths[random.nextInt(3)]);
    long[] starts = {
      DAY_OF_TIME_CHANGE,
      DAY_OF_TIME_CHANGE_BACK,
      DAY_OF_TIME_CHANGE - length / 2,
      DAY_OF_TIME_CHANGE_BACK - length / 2,
      -length / 2
    };
    this.start = starts[random.nextInt(starts.length)];
    this.keys = 1 + random.nextInt(3);
    this.partitions = 1 + random.nextInt(PARTITIONS.length);
    this.nulls = random.nextInt(2) * random.nextInt(40);
    this.specials = random.nextInt(3) == 0 ? 10 : 0;
    this.lates = random.nextInt(2) * random.nextInt(60);
    this.times = random.nextInt(5);
    this.magnitudes = random.nextInt(5);
    this.fromTheBeginning = random.nextInt(10) == 0;
  }

  List<InputRow> next(int size) {
    List<InputRow> rows = new ArrayList<>();
    long eventTime = start;
    for (int i = 0; i < size; i++) {
      // Mostly forward in time, as live logs go, with some disorder.
      long pace = Math.max(1, 2 * length / Math.max(1, size));
      eventTime =
          random.nextInt(6) == 0
              ? start + random.nextLong(length)
              : eventTime
                  + random.nextLong(pace)
                  - random.nextInt(2) * random.nextLong(pace / 3 + 1);
      boolean tie = random.nextInt(5) == 0 && !rows.isEmpty();
      eventTime = rounded(eventTime);
      boolean beginning = fromTheBeginning && random.nextInt(8) == 0;
      rows.add(
          row(
              tie
                  ? rows.get(random.nextInt(rows.size())).eventTime()
                  : beginning ? Long.MIN_VALUE : eventTime));
    }
    return positioned(rows);
  }

  private long rounded(long eventTime) {
    return switch (times) {
      case 0 -> Math.floorDiv(eventTime, RandomView.MINUTE) * RandomView.MINUTE;
      case 1 -> Math.floorDiv(eventTime, RandomView.DAY) * RandomView.DAY;
      case 2 -> Math.floorDiv(eventTime, RandomView.HOUR) * RandomView.HOUR + random.nextInt(3) - 1;
      default -> eventTime;
    };
  }

  private InputRow row(long eventTime) {
    long seenTime = eventTime;
    if (eventTime == Long.MIN_VALUE) {
      seenTime = start + random.nextLong(length);
    } else if (chance(lates)) {
      seenTime += random.nextLong(random.nextBoolean() ? length : 1 + length / 20);
    } else if (chance(5)) {
      seenTime -= random.nextLong(1 + length / 10);
    }
    List<Object> values = new ArrayList<>();
    values.add(chance(3) ? null : TEXTS[hot()]);
    values.add(chance(3) ? null : (Object) (long) (hot() - 1));
    values.add(random.nextInt(9) - 4);
    values.add(whole());
    values.add((float) real());
    values.add(real());
    values.add(random.nextBoolean());
    values.add(TEXTS[random.nextInt(TEXTS.length)]);
    values.add(new byte[] {(byte) random.nextInt(3), 0});
    values.add(random.nextInt(5) - 2);
    values.add(eventTime + random.nextInt(10));
    values.add(new BigDecimal(BigInteger.valueOf(random.nextInt(2000) - 1000), 2));
    values.add(vector());
    values.add(wide());
    values.add(eventTime + random.nextInt(10));
    for (int i = 2; i < values.size(); i++) {
      if (chance(nulls)) {
        values.set(i, null);
      }
    }
    return new InputRow(eventTime, seenTime, 0, 0, values);
  }

  /** Four of five rows are of the first key. */
  private int hot() {
    return random.nextInt(5) > 0 ? 0 : random.nextInt(keys);
  }

  private long whole() {
    return switch (magnitudes) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean() ? Long.MAX_VALUE - random.nextInt(3) : Long.MIN_VALUE;
      default -> random.nextInt(2000) - 500;
    };
  }

  private BigDecimal wide() {
    BigInteger greatest = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
    BigInteger digits =
        switch (magnitudes) {
          case 0 -> greatest.multiply(BigInteger.valueOf(random.nextInt())).shiftRight(31);
          case 1, 2 -> random.nextInt(3) > 0 ? greatest : greatest.negate();
          default -> BigInteger.valueOf(random.nextInt(20) - 10);
        };
    return new BigDecimal(digits, 6);
  }

  private double real() {
    if (chance(specials)) {
      double[] values = {
        Double.NaN,
        Double.longBitsToDouble(0xFFF0_0000_0000_0001L),
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        0.0
      };
      return values[random.nextInt(values.length)];
    }
    double sign = random.nextBoolean() ? 1 : -1;
    return switch (magnitudes) {
      case 0 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
      case 1 -> sign * Math.scalb(1 + random.nextDouble(), random.nextInt(2097) - 1074);
      case 2 ->
          sign * (random.nextInt(4) == 0 ? Double.MAX_VALUE : random.nextInt(200) * 0x1p-1074);
      case 3 -> random.nextInt(100) / 10.0;
      default -> sign * (random.nextInt(3) == 0 ? 1e16 : random.nextInt(5));
    };
  }

  private float[] vector() {
    float[] vector = new float[random.nextInt(3)];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextInt(4) == 0 ? -0.0f : random.nextInt(4) == 0 ? Float.NaN : i;
    }
    return vector;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Puts the rows into partitions, roughly by seen time. */
  private List<InputRow> positioned(List<InputRow> rows) {
    List<InputRow> accepted = new ArrayList<>(rows);
    if (random.nextBoolean()) {
      accepted.sort((a, b) -> Long.compare(a.seenTime(), b.seenTime()));
    }
    Map<Integer, Long> next = new HashMap<>();
    List<InputRow> positioned = new ArrayList<>();
    for (InputRow row : accepted) {
      positioned.add(at(row, null, next));
      if (chance(duplicates)) {
        positioned.add(at(row, null, next));
      }
      // Changes follow a row at once, or much later as a change of one long gone by.
      while (chance(retractions)) {
        boolean newest = random.nextBoolean();
        InputRow old = positioned.get(newest ? positioned.size() - 1 : anyPlace(positioned));
        if (old.retracts() == null && !isGone(old, positioned)) {
          change(old, row.seenTime(), positioned, next);
        }
      }
    }
    return positioned;
  }

  private int anyPlace(List<InputRow> rows) {
    return random.nextInt(rows.size());
  }

  private static boolean isGone(InputRow row, List<InputRow> rows) {
    return rows.stream().anyMatch(other -> other.isRetractionOf(row));
  }

  /** Takes a row back, and perhaps puts another in its place: of its key and time, or not. */
  private void change(InputRow old, long now, List<InputRow> positioned, Map<Integer, Long> next) {
    long seenTime = Math.max(old.seenTime(), now);
    InputRow same = new InputRow(old.eventTime(), seenTime, 0, 0, old.values());
    positioned.add(at(same, old, next));
    if (chance(updates)) {
      InputRow other =
          row(random.nextBoolean() ? old.eventTime() : start + random.nextLong(length));
      List<Object> values = new ArrayList<>(other.values());
      if (random.nextInt(3) > 0) {
        values.set(0, old.values().get(0));
        values.set(1, old.values().get(1));
      }
      InputRow changed = new InputRow(other.eventTime(), seenTime, 0, 0, values);
      positioned.add(at(random.nextInt(5) == 0 ? same : changed, null, next));
    }
  }

  private InputRow at(InputRow row, InputRow retracts, Map<Integer, Long> next) {
    int partition = PARTITIONS[random.nextInt(partitions)];
    long offset = next.merge(partition, 1L, Long::sum) - 1;
    return new InputRow(row.eventTime(), row.seenTime(), partition, offset, row.values(), retracts);
  }
}
