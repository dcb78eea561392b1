package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;

/** {@code extract(field FROM time)}: one field of a date or time, as int64. */
record TimePart(Field field, Node operand) implements Node {
  /** What can be extracted; the clock's fields first. */
  enum Field {
    SECOND,
    MINUTE,
    HOUR,
    DAY,
    DOW,
    ISODOW,
    DOY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    boolean ofClock() {
      return compareTo(HOUR) <= 0;
    }
  }

  @Override
  public Type type() {
    return Scalar.INT64;
  }

  @Override
  public Column evaluate(Batch batch) {
    Column column = operand.evaluate(batch);
    long[] result;
    if (column instanceof IntColumn ints) {
      int[] days = ints.values();
      result = new long[days.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = ofDay(field, days[i]);
      }
    } else {
      result = ofMicros(field, Values.longs(column));
    }
    return new LongColumn(Scalar.INT64, result, column.nulls());
  }

  private static long[] ofMicros(Field field, long[] micros) {
    long[] result = new long[micros.length];
    switch (field) {
      case SECOND -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = Math.floorMod(micros[i], Civil.MINUTE) / Civil.SECOND;
        }
      }
      case MINUTE -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = Math.floorMod(micros[i], Civil.HOUR) / Civil.MINUTE;
        }
      }
      case HOUR -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = Math.floorMod(micros[i], Civil.DAY) / Civil.HOUR;
        }
      }
      case DAY, DOW, ISODOW, DOY, WEEK, MONTH, QUARTER, YEAR -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = ofDay(field, Math.floorDiv(micros[i], Civil.DAY));
        }
      }
    }
    return result;
  }

  private static long ofDay(Field field, long day) {
    return switch (field) {
      case DAY -> Civil.dayOfMonth(Civil.date(day));
      case DOW -> Civil.isoDayOfWeek(day) % 7;
      case ISODOW -> Civil.isoDayOfWeek(day);
      case DOY -> day - Civil.day(Civil.year(Civil.date(day)), 1, 1) + 1;
      case WEEK -> Civil.isoWeek(day);
      case MONTH -> Civil.month(Civil.date(day));
      case QUARTER -> (Civil.month(Civil.date(day)) + 2) / 3;
      case YEAR -> Civil.year(Civil.date(day));
      case SECOND, MINUTE, HOUR -> 0;
    };
  }
}
