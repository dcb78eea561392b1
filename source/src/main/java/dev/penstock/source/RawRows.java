package dev.penstock.source;

import dev.penstock.data.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;

/**
 * Rows as they came, before acceptance: of a file or of a push. Columns stand under the source's
 * names, in any order and in any type that can be cast to the declared one. Two more columns may be
 * there: {@link #ID}, the made id of a pushed row, and {@link #SEEN_TIME}, when the row became
 * known, for a push under the replay clock.
 *
 * @param unreadable cells that hold null in the batch because what was written there is no value of
 *     the column's type
 * @param broken rows that could not be read at all; each has a place in the batch, whatever stands
 *     there
 * @param seenTime when all these rows became known, for a push under the replay clock
 */
public record RawRows(
    Batch rows,
    RowOrigin origin,
    List<UnreadableCell> unreadable,
    List<BrokenRow> broken,
    OptionalLong seenTime) {
  public static final String ID = "_id";
  public static final String SEEN_TIME = "_seen_time";

  /** What was written in a row's column, though it is no value of the column's type. */
  public record UnreadableCell(int row, String column, String written) {}

  /** What was sent instead of a row, and why it is none. */
  public record BrokenRow(int row, String written, String reason) {}

  public RawRows {
    unreadable = List.copyOf(unreadable);
    broken = List.copyOf(broken);
  }

  /** Rows each of which could be read. */
  public RawRows(
      Batch rows, RowOrigin origin, List<UnreadableCell> unreadable, OptionalLong seenTime) {
    this(rows, origin, unreadable, List.of(), seenTime);
  }

  /**
   * Rows of a file.
   *
   * @param rowNumber the number that each row of the batch has in the file; asked only now
   */
  public static RawRows ofFile(Batch rows, String file, IntToLongFunction rowNumber) {
    long[] numbers = new long[rows.rows()];
    Arrays.setAll(numbers, rowNumber);
    return new RawRows(
        rows, new RowOrigin.OfFile(file, row -> numbers[row]), List.of(), OptionalLong.empty());
  }

  public static RawRows pushed(Batch rows) {
    return new RawRows(rows, new RowOrigin.OfPush(), List.of(), OptionalLong.empty());
  }

  /** The same rows, known from this moment on: for the replay clock. */
  public RawRows seenAt(long micros) {
    return new RawRows(rows, origin, unreadable, broken, OptionalLong.of(micros));
  }
}
