package dev.penstock.format.internal.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** The codecs of pages, on whole arrays. */
final class Compression {
  private static final int ZSTD_LEVEL = 3;

  private Compression() {}

  /** The content of a page, little-endian, from position 0 of its own; backed by an array. */
  static ByteBuffer decompress(CompressionCodec codec, ByteBuffer page, int size)
      throws IOException {
    if (codec == CompressionCodec.UNCOMPRESSED) {
      return page.slice().order(ByteOrder.LITTLE_ENDIAN);
    }
    byte[] out = new byte[size];
    int written = size == 0 ? 0 : decompress(codec, page, out);
    if (written != size) {
      throw new EOFException("a page of " + written + " bytes, not " + size);
    }
    return ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int decompress(CompressionCodec codec, ByteBuffer page, byte[] out)
      throws IOException {
    byte[] in = page.array();
    int from = page.arrayOffset() + page.position();
    int length = page.remaining();
    return switch (codec) {
      case ZSTD -> (int) Zstd.decompressByteArray(out, 0, out.length, in, from, length);
      case SNAPPY -> Snappy.uncompress(in, from, length, out, 0);
      case GZIP -> {
        try (GZIPInputStream stream =
            new GZIPInputStream(new ByteArrayInputStream(in, from, length))) {
          yield stream.readNBytes(out, 0, out.length);
        }
      }
      case LZ4_RAW -> new Lz4Decompressor().decompress(in, from, length, out, 0, out.length);
      case LZ4, LZO, BROTLI ->
          throw new PenstockException(
              ErrorCode.UNSUPPORTED,
              "the file is compressed with " + codec,
              "write it with zstd, snappy, gzip or lz4_raw");
      case UNCOMPRESSED -> throw new AssertionError(codec);
    };
  }

  /** Compresses with ZSTD, keeping one native context. Not thread-safe. */
  static final class Compressor implements AutoCloseable {
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);

    /** Appends the compressed bytes {@code [0, in.size())} of {@code in}. */
    void compress(Bytes in, Bytes out) {
      int most = Math.toIntExact(Zstd.compressBound(in.size()));
      out.ensure(most);
      int length =
          context.compressByteArray(out.array(), out.size(), most, in.array(), 0, in.size());
      out.skip(length);
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
