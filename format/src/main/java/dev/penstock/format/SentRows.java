package dev.penstock.format;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.format.internal.wire.ArrowRows;
import dev.penstock.format.internal.wire.AvroRows;
import java.util.List;
import java.util.function.Predicate;

/**
 * Rows that a client sent as an Arrow stream or an Avro file, in the types they were sent in. A
 * field inside another is a column named by its path.
 *
 * @param bad values that could not be read; they are null in the batch
 */
public record SentRows(Batch rows, List<BadCell> bad) {
  public SentRows {
    bad = List.copyOf(bad);
  }

  /** A value that has no type of ours: what was sent instead of it. */
  public record BadCell(int row, String column, String written) {}

  /**
   * What is read of a message.
   *
   * @param wanted the columns to read, by name; others are passed over, whatever they are
   * @param mostRows more rows are refused
   * @param mostBytes more memory than this is refused, about: compressed rows grow
   */
  public record Bounds(Predicate<String> wanted, int mostRows, long mostBytes) {
    /**
     * Refuses too many rows.
     *
     * @throws PenstockException {@code LIMIT_EXCEEDED}
     */
    public void checkRows(long rows) {
      if (rows > mostRows) {
        throw new PenstockException(
            ErrorCode.LIMIT_EXCEEDED,
            "a request may have " + mostRows + " rows at most",
            "send them in parts");
      }
    }

    /**
     * Refuses rows that take too much memory.
     *
     * @throws PenstockException {@code LIMIT_EXCEEDED}
     */
    public void checkBytes(long bytes) {
      if (bytes > mostBytes) {
        throw new PenstockException(
            ErrorCode.LIMIT_EXCEEDED,
            "the rows of a request may take " + mostBytes + " bytes at most",
            "send them in parts");
      }
    }
  }

  /**
   * Reads an Arrow IPC stream: a schema, then record batches, uncompressed.
   *
   * @throws PenstockException {@code FILE_FORMAT} if it is none, or broken anywhere; {@code
   *     UNSUPPORTED} for a wanted column of a type that has none of ours; {@code LIMIT_EXCEEDED}
   */
  public static SentRows ofArrow(byte[] stream, Bounds bounds) {
    return ArrowRows.read(stream, bounds);
  }

  /**
   * Reads an Avro object container file, plain or deflated.
   *
   * @throws PenstockException as {@link #ofArrow}
   */
  public static SentRows ofAvro(byte[] file, Bounds bounds) {
    return AvroRows.read(file, bounds);
  }

  public Schema schema() {
    return rows.schema();
  }
}
