package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Type;

/** {@code date_trunc(unit, time)}: the start of the unit that the time lies in, of its type. */
record TruncateTime(Unit unit, Node operand) implements Node {
  /** What a time can be cut down to; the clock's units first. */
  enum Unit {
    SECOND,
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    boolean ofClock() {
      return compareTo(DAY) < 0;
    }
  }

  @Override
  public Type type() {
    return operand.type();
  }

  @Override
  public Column evaluate(Batch batch) {
    Column column = operand.evaluate(batch);
    if (column instanceof IntColumn ints) {
      int[] days = ints.values();
      int[] result = new int[days.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = (int) startDay(unit, days[i]);
      }
      return new IntColumn(type(), result, column.nulls());
    }
    long[] micros = Values.longs(column);
    long[] result = new long[micros.length];
    Nulls nulls = Nulls.of(column);
    for (int i = 0; i < result.length; i++) {
      long start =
          switch (unit) {
            case SECOND -> micros[i] - Math.floorMod(micros[i], Civil.SECOND);
            case MINUTE -> micros[i] - Math.floorMod(micros[i], Civil.MINUTE);
            case HOUR -> micros[i] - Math.floorMod(micros[i], Civil.HOUR);
            case DAY, WEEK, MONTH, QUARTER, YEAR ->
                startDay(unit, Math.floorDiv(micros[i], Civil.DAY)) * Civil.DAY;
          };
      result[i] = start;
      // Near the first microsecond there is, a start may lie before it: then it wrapped around.
      if (start > micros[i]) {
        nulls.mark(i);
      }
    }
    return new LongColumn(type(), result, nulls.flags());
  }

  private static long startDay(Unit unit, long day) {
    return switch (unit) {
      case WEEK -> day - Civil.isoDayOfWeek(day) + 1;
      case MONTH -> day - Civil.dayOfMonth(Civil.date(day)) + 1;
      case QUARTER -> {
        long date = Civil.date(day);
        yield Civil.day(Civil.year(date), (Civil.month(date) - 1) / 3 * 3 + 1, 1);
      }
      case YEAR -> Civil.day(Civil.year(Civil.date(day)), 1, 1);
      case SECOND, MINUTE, HOUR, DAY -> day;
    };
  }
}
