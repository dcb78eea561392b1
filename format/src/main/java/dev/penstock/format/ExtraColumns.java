package dev.penstock.format;

/** What to do with columns of a file that nobody expected. */
public enum ExtraColumns {
  /** Parquet and CSV refuse the file, NDJSON the row. */
  REFUSE,
  IGNORE
}
