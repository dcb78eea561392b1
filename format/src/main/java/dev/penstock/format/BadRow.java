package dev.penstock.format;

/**
 * A record of a file that could not be read.
 *
 * @param row the record's number in the file, counted like {@link FileBatchReader#rowNumber}
 * @param line the line it starts on, from 1, a header counted; in a Parquet file the record's
 *     number
 * @param text the record as it stands in the file, of a Parquet file the values that could be read;
 *     cut after {@value #MOST_TEXT} characters
 * @param reason what is wrong with it, naming the column
 */
public record BadRow(long row, long line, String text, String reason) {
  public static final int MOST_TEXT = 4096;

  public BadRow {
    if (text.length() > MOST_TEXT) {
      text = text.substring(0, MOST_TEXT);
    }
  }
}
