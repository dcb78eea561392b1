package dev.penstock.format.internal.parquet;

/** How the values of a Parquet column become ours. */
public enum Decoding {
  BOOLEAN,
  INT,
  UNSIGNED_INT,
  LONG,
  UNSIGNED_LONG,
  MILLIS,
  NANOS,
  /** Nanoseconds of a day and the Julian day, as older engines wrote moments. */
  INT96,
  FLOAT,
  DOUBLE,
  STRING,
  UUID,
  BINARY,
  DECIMAL_OF_INT,
  DECIMAL_OF_LONG,
  DECIMAL_OF_BYTES,
  VECTOR
}
