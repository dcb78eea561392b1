package dev.penstock.feature;

import java.util.Arrays;

/** Walks a range of a {@link StateReader}; stands before the first entry at first. */
public interface StateCursor extends AutoCloseable {
  /** Moves to the next entry; false when there is none. */
  boolean next();

  /** Moves on to the next entry that is not before an address; false when there is none. */
  default boolean nextFrom(byte[] address) {
    while (next()) {
      if (Arrays.compareUnsigned(address(), address) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The current entry's address; only to be read, and only until the next move. */
  byte[] address();

  /** The current entry's value; only to be read, but it may be kept. */
  byte[] value();

  @Override
  void close();
}
