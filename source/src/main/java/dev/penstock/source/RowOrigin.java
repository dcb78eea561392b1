package dev.penstock.source;

import java.util.function.IntToLongFunction;

/** Where raw rows come from; names each of them for people. */
public sealed interface RowOrigin {
  /** A file; the number that each row has in it, where rows that cannot be read count too. */
  record OfFile(String file, IntToLongFunction rowNumber) implements RowOrigin {
    @Override
    public String place(int row) {
      return file + "#" + rowNumber.applyAsLong(row);
    }
  }

  /** A push. */
  record OfPush() implements RowOrigin {
    @Override
    public String place(int row) {
      return "push#" + row;
    }
  }

  /** The place of the batch's row: {@code flights.parquet#17}, {@code push#3}. */
  String place(int row);
}
