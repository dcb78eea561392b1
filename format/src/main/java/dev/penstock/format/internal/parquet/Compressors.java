package dev.penstock.format.internal.parquet;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * ZSTD for columns that are written side by side: as many native contexts as are in use at once.
 */
final class Compressors implements AutoCloseable {
  private final Queue<Compression.Compressor> idle = new ConcurrentLinkedQueue<>();

  /** Appends the compressed bytes {@code [0, in.size())} of {@code in}. Thread-safe. */
  void compress(Bytes in, Bytes out) {
    Compression.Compressor known = idle.poll();
    Compression.Compressor compressor = known == null ? new Compression.Compressor() : known;
    try {
      compressor.compress(in, out);
    } finally {
      idle.add(compressor);
    }
  }

  @Override
  public void close() {
    for (var compressor = idle.poll(); compressor != null; compressor = idle.poll()) {
      compressor.close();
    }
  }
}
