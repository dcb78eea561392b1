package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import org.jspecify.annotations.Nullable;

/**
 * {@code to_utc(local_timestamp, zone)} and {@code to_local(timestamp, zone)}. A zone that does not
 * exist, or a result out of range, gives null.
 */
record ZoneNode(boolean toUtc, Node time, Node zone) implements Node {
  @Override
  public Type type() {
    return toUtc ? Scalar.TIMESTAMP : Scalar.LOCAL_TIMESTAMP;
  }

  @Override
  public Column evaluate(Batch batch) {
    Column times = time.evaluate(batch);
    Column zones = zone.evaluate(batch);
    Nulls nulls = Nulls.of(times, zones);
    long[] from = Values.longs(times);
    @Nullable Object[] names = Values.objects(zones);
    long[] result = new long[from.length];
    Object lastName = null;
    Zone last = null;
    for (int i = 0; i < result.length; i++) {
      Object name = names[i];
      if (name == null) {
        continue;
      }
      // Rows of one zone often stand together and share one string: no look-up for those.
      if (name != lastName) {
        last = Zone.named((String) name);
        lastName = name;
      }
      if (last == null) {
        nulls.mark(i);
        continue;
      }
      result[i] = toUtc ? last.toUtc(from[i]) : last.toLocal(from[i]);
      // An offset is less than a day: only a sum that wrapped around changes a far time's sign.
      if ((result[i] ^ from[i]) < 0 && far(from[i])) {
        nulls.mark(i);
      }
    }
    return new LongColumn(type(), result, nulls.flags());
  }

  private static boolean far(long micros) {
    return micros > Civil.DAY || micros < -Civil.DAY;
  }
}
