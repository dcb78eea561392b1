package dev.penstock.source;

import dev.penstock.data.Batch;
import dev.penstock.data.Schema;

/**
 * The bytes of rows in a log: a version byte, the number of rows, then column after column.
 * Specified in {@code docs/storage-format.md}. The schema is not among them; who stores entries
 * stores their schemas.
 */
public final class BatchCodec {
  /** The version of the form that {@link #encode} writes. */
  public static final int VERSION = 1;

  private BatchCodec() {}

  public static byte[] encode(Batch rows) {
    throw new UnsupportedOperationException();
  }

  public static Batch decode(byte[] bytes, Schema schema) {
    throw new UnsupportedOperationException();
  }
}
