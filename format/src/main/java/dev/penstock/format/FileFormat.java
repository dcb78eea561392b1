package dev.penstock.format;

/** The formats that can be read, with the endings that name them. */
public enum FileFormat {
  /** {@code .parquet} */
  PARQUET,
  /** {@code .csv}, {@code .tsv}, each also with {@code .gz} */
  CSV,
  /** {@code .ndjson}, {@code .jsonl}, each also with {@code .gz} */
  NDJSON
}
