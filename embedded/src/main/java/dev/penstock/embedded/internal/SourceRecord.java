package dev.penstock.embedded.internal;

import dev.penstock.data.Positions;

/**
 * What the store knows of a source.
 *
 * @param number stands for the source in keys
 * @param history S: rows below came as history; equal to {@link Positions#NONE} without any
 * @param begin the first positions still in the log
 * @param next the first positions not yet given
 */
record SourceRecord(int number, Positions history, Positions begin, Positions next) {
  SourceRecord at(Positions reached) {
    return new SourceRecord(number, history, begin, reached);
  }

  SourceRecord trimmedTo(Positions kept) {
    return new SourceRecord(number, history, kept, next);
  }

  boolean hasLiveRows() {
    return !next.equals(history);
  }
}
