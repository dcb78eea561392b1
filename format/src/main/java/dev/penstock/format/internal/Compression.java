package dev.penstock.format.internal;

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
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Parquet's codecs, without Hadoop's: pages are whole arrays here and need no streams or pools. */
final class Compression {
  private static final int ZSTD_LEVEL = 3;
  private static final ByteBufferAllocator HEAP = new HeapByteBufferAllocator();

  private Compression() {}

  /** The content of a page, in an array of its own or in the one given. */
  static ByteBuffer decompress(CompressionCodecName codec, ByteBuffer page, int size)
      throws IOException {
    if (codec == CompressionCodecName.UNCOMPRESSED) {
      return page.slice().order(ByteOrder.LITTLE_ENDIAN);
    }
    byte[] out = new byte[size];
    int written = size == 0 ? 0 : decompress(codec, page, out);
    if (written != size) {
      throw new EOFException("a page of " + written + " bytes, not " + size);
    }
    return ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int decompress(CompressionCodecName codec, ByteBuffer page, byte[] out)
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

  /** Compresses with ZSTD. What it returns holds until the next call. Not thread-safe. */
  static final class ZstdCompressor implements BytesInputCompressor, AutoCloseable {
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);
    private byte[] out = new byte[0];

    @Override
    public BytesInput compress(BytesInput bytes) {
      ByteBuffer page = bytes.toByteBuffer(HEAP, unused -> {});
      int most = Math.toIntExact(Zstd.compressBound(page.remaining()));
      if (out.length < most) {
        out = new byte[most];
      }
      int length =
          context.compressByteArray(
              out,
              0,
              out.length,
              page.array(),
              page.arrayOffset() + page.position(),
              page.remaining());
      return BytesInput.from(out, 0, length);
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      close();
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
