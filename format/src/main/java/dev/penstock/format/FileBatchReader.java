package dev.penstock.format;

/** A {@link BatchReader} of one file, which knows where in the file its rows stand. */
public interface FileBatchReader extends BatchReader {
  /**
   * The number in the file of a row of the batch last returned: the first record of the file is 1,
   * a header is not counted, a {@linkplain BadRow bad row} is.
   */
  long rowNumber(int row);
}
