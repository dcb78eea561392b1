package dev.penstock.feature;

/** Walks a range of a {@link StateReader}; stands before the first entry at first. */
public interface StateCursor extends AutoCloseable {
  /** Moves to the next entry; false when there is none. */
  boolean next();

  /** The current entry's address; only to be read, and only until the next move. */
  byte[] address();

  /** The current entry's value; only to be read, but it may be kept. */
  byte[] value();

  @Override
  void close();
}
