package dev.penstock.format.internal.parquet;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/** A column chunk that is complete, and what the file says about it. */
record FinishedChunk(
    Field field,
    int dictionaryBytes,
    int pageBytes,
    List<ChunkWriter.Page> index,
    List<Encoding> encodings,
    long entries,
    long uncompressedBytes,
    ColumnStatistics statistics,
    boolean pagesHaveBounds) {
  private static final int MOST_BOUND_BYTES = 64;

  long bytes() {
    return (long) dictionaryBytes + pageBytes;
  }

  /** The chunk's entry in the footer, when it begins at this place of the file. */
  ColumnMetaData metadata(long offset) {
    ColumnMetaData metadata =
        new ColumnMetaData(
            ParquetSchemas.physical(field.type()),
            encodings,
            ParquetSchemas.path(field),
            CompressionCodec.ZSTD,
            entries,
            uncompressedBytes,
            bytes(),
            offset + dictionaryBytes);
    if (dictionaryBytes > 0) {
      metadata.setDictionary_page_offset(offset);
    }
    Statistics written = new Statistics();
    if (!(field.type() instanceof Type.Vector)) {
      written.setNull_count(statistics.nulls());
    }
    byte[] least = bound(statistics, statistics.least(), true);
    byte[] greatest = bound(statistics, statistics.greatest(), false);
    if (least != null && greatest != null) {
      written.setMin_value(least);
      written.setMax_value(greatest);
    }
    metadata.setStatistics(written);
    return metadata;
  }

  OffsetIndex offsetIndex(long offset) {
    List<PageLocation> locations = new ArrayList<>(index.size());
    for (ChunkWriter.Page page : index) {
      locations.add(
          new PageLocation(offset + dictionaryBytes + page.offset(), page.size(), page.firstRow()));
    }
    return new OffsetIndex(locations);
  }

  /** The bounds of each page; empty if a page has none that can be relied on. */
  Optional<ColumnIndex> columnIndex() {
    if (!pagesHaveBounds) {
      return Optional.empty();
    }
    List<Boolean> nullPages = new ArrayList<>();
    List<ByteBuffer> least = new ArrayList<>();
    List<ByteBuffer> greatest = new ArrayList<>();
    List<Long> nulls = new ArrayList<>();
    for (ChunkWriter.Page page : index) {
      ColumnStatistics of = page.statistics();
      byte[] low = bound(of, of.least(), true);
      byte[] high = bound(of, of.greatest(), false);
      if (!of.allNull() && (low == null || high == null)) {
        return Optional.empty();
      }
      nullPages.add(of.allNull());
      least.add(low == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(low));
      greatest.add(high == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(high));
      nulls.add(of.nulls());
    }
    ColumnIndex written = new ColumnIndex(nullPages, least, greatest, BoundaryOrder.UNORDERED);
    written.setNull_counts(nulls);
    return Optional.of(written);
  }

  /** A bound in plain encoding; null if there is none, or one that readers may misunderstand. */
  private byte @Nullable [] bound(ColumnStatistics of, @Nullable Object value, boolean isLeast) {
    if (value == null || of.nans() > 0) {
      return null;
    }
    Type type = field.type();
    if (type instanceof Type.Decimal decimal) {
      return switch (ParquetSchemas.physical(type)) {
        case INT32 -> ofInt((int) NumberEncoder.unscaled((BigDecimal) value, decimal));
        case INT64 -> ofLong(NumberEncoder.unscaled((BigDecimal) value, decimal));
        default -> BinaryEncoder.bytes((BigDecimal) value, decimal);
      };
    }
    return switch ((Scalar) type) {
      case BOOLEAN -> new byte[] {(byte) ((Boolean) value ? 1 : 0)};
      case INT32, DATE -> ofInt((Integer) value);
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> ofLong((Long) value);
      // Zeros of both signs are one number: the bounds must have them both.
      case FLOAT32 -> {
        float number = (Float) value;
        yield ofInt(Float.floatToRawIntBits(number == 0 ? (isLeast ? -0f : 0f) : number));
      }
      case FLOAT64 -> {
        double number = (Double) value;
        yield ofLong(Double.doubleToRawLongBits(number == 0 ? (isLeast ? -0d : 0d) : number));
      }
      case STRING -> {
        byte[] bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
        yield bytes.length > MOST_BOUND_BYTES ? null : bytes;
      }
      case BINARY -> null;
    };
  }

  private static byte[] ofInt(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] ofLong(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
