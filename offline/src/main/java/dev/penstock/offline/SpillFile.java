package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Batches laid aside on disk. Where files may be removed while they are open, as on Unix, nothing
 * is left of it after a crash. Thread-safe.
 */
final class SpillFile implements AutoCloseable {
  private static final int NONE = -1;

  /** Where a batch lies. */
  record Extent(long position, int bytes, int rows) {}

  private final Path path;
  private final FileChannel file;
  private final AtomicLong end = new AtomicLong();

  private SpillFile(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /** A new file in the folder for temporary files. */
  static SpillFile create() {
    try {
      Path path = Files.createTempFile("penstock-", ".spill");
      FileChannel file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      return new SpillFile(path, file);
    } catch (IOException e) {
      throw failed(Path.of(System.getProperty("java.io.tmpdir", ".")), e);
    }
  }

  /** Lays a batch aside; one of more than 2 GiB must be split by the caller. */
  Extent write(Batch batch) {
    long size = batch.columns().stream().mapToLong(ColumnBytes::size).sum();
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(size));
    for (int column = 0; column < batch.columns().size(); column++) {
      int same = same(batch, column);
      buffer.put((byte) same);
      if (same == NONE) {
        ColumnBytes.put(batch.column(column), buffer);
      }
    }
    buffer.flip();
    Extent extent = new Extent(end.getAndAdd(buffer.limit()), buffer.limit(), batch.rows());
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer, extent.position() + buffer.position());
      }
      return extent;
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /** The column before it that holds the same, such as a row's two times. */
  private static int same(Batch batch, int column) {
    for (int before = 0; before < Math.min(column, Byte.MAX_VALUE); before++) {
      if (batch.column(before) instanceof LongColumn a
          && batch.column(column) instanceof LongColumn b
          && a.type().equals(b.type())
          && a.nulls() == null
          && b.nulls() == null
          && Arrays.equals(a.values(), b.values())) {
        return before;
      }
    }
    return NONE;
  }

  Batch read(Extent extent, Schema schema) {
    ByteBuffer bytes = ByteBuffer.allocate(extent.bytes());
    try {
      while (bytes.hasRemaining()) {
        if (file.read(bytes, extent.position() + bytes.position()) < 0) {
          throw new IOException("the file ends before " + extent);
        }
      }
    } catch (IOException e) {
      throw failed(path, e);
    }
    bytes.flip();
    List<Column> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      int same = bytes.get();
      columns.add(
          same == NONE ? ColumnBytes.get(field.type(), extent.rows(), bytes) : columns.get(same));
    }
    return new Batch(schema, columns);
  }

  private static PenstockException failed(Path path, IOException cause) {
    return new PenstockException(
        ErrorCode.IO,
        null,
        "rows that do not fit into memory cannot be laid aside in " + path + ": " + cause,
        "make room there, name another folder with -Djava.io.tmpdir, or give more memory",
        cause);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw failed(path, e);
    }
  }
}
