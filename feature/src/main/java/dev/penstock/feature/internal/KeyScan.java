package dev.penstock.feature.internal;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks ranges of one key's state, each after the one before, with one cursor: what lies between
 * two ranges is often little, and then stepping over it costs less than looking up the second.
 */
final class KeyScan implements AutoCloseable {
  private final StateReader store;
  private final byte[] end;
  private @Nullable StateCursor cursor;
  private byte[] to = {};

  /** Whether the cursor stands at an entry, of whichever range. */
  private boolean standing;

  KeyScan(byte[] key, StateReader store) {
    this.store = store;
    this.end = Addresses.endOfKey(key);
  }

  /** Moves to the first entry of the range [from, to); false if it has none. */
  boolean first(byte[] from, byte[] to) {
    this.to = to;
    if (cursor == null) {
      cursor = store.scan(from, end);
      standing = cursor.next();
    } else if (standing && Arrays.compareUnsigned(cursor.address(), from) < 0) {
      standing = cursor.nextFrom(from);
    }
    return isWithin();
  }

  /** Moves to the range's next entry; false when there is none. */
  boolean next() {
    standing = opened().next();
    return isWithin();
  }

  private boolean isWithin() {
    return standing && Arrays.compareUnsigned(opened().address(), to) < 0;
  }

  /** The current entry's address; only to be read, and only until the next move. */
  byte[] address() {
    return opened().address();
  }

  /** The current entry's value; only to be read, but it may be kept. */
  byte[] value() {
    return opened().value();
  }

  private StateCursor opened() {
    if (cursor == null) {
      throw new IllegalStateException("no range was asked for");
    }
    return cursor;
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
    }
  }
}
