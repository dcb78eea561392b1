package dev.penstock.source;

/** Where raw rows come from; names each of them for people. */
public sealed interface RowOrigin {
  /** A file, from its row {@code firstRow} on, counted from 0. */
  record OfFile(String file, long firstRow) implements RowOrigin {
    @Override
    public String place(int row) {
      return file + "#" + (firstRow + row);
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
