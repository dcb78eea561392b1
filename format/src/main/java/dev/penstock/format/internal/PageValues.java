package dev.penstock.format.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The values of one page, nulls left out, many at a time. A page has one of three forms: plain
 * bytes, indexes into the dictionary, or one of the rarer encodings, which Parquet's own readers
 * decode value by value. Floats and doubles are read as their bits.
 */
final class PageValues {
  /** Makes a value of bytes. */
  interface OfBytes {
    Object value(byte[] bytes, int from, int length);
  }

  private final ColumnDescriptor column;
  private final ChunkPages pages;
  private final int fixedLength;

  private @Nullable RunDecoder indexes;
  private @Nullable ByteBuffer plain;
  private @Nullable ValuesReader other;
  private int[] scratch = new int[0];

  /** The dictionary's values in the form in which they are read; made once, when first needed. */
  private @Nullable Object dictionary;

  PageValues(ColumnDescriptor column, ChunkPages pages) {
    this.column = column;
    this.pages = pages;
    this.fixedLength = column.getPrimitiveType().getTypeLength();
  }

  void open(DataPage page) throws IOException {
    indexes = null;
    plain = null;
    other = null;
    ByteBuffer values = page.values();
    switch (page.encoding()) {
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        int bitWidth = values.hasRemaining() ? values.get() : 0;
        indexes = new RunDecoder(values, bitWidth);
      }
      case PLAIN -> plain = values;
      default -> other = reader(page);
    }
  }

  private ValuesReader reader(DataPage page) throws IOException {
    ValuesReader reader = page.encoding().getValuesReader(column, ValuesType.VALUES);
    reader.initFromPage(page.entries(), ByteBufferInputStream.wrap(page.values()));
    return reader;
  }

  void booleans(boolean[] out, int from, int count) throws IOException {
    ValuesReader reader = other;
    if (reader == null) {
      // Plain booleans are bits: Parquet's own reader keeps the place within the byte.
      reader = org.apache.parquet.column.Encoding.PLAIN.getValuesReader(column, ValuesType.VALUES);
      ByteBuffer bits = present(plain);
      reader.initFromPage(bits.remaining() * Byte.SIZE, ByteBufferInputStream.wrap(bits));
      other = reader;
    }
    for (int i = from; i < from + count; i++) {
      out[i] = reader.readBoolean();
    }
  }

  /** 32-bit values. */
  void ints(int[] out, int from, int count, boolean areFloats) {
    if (indexes != null) {
      int[] values = intDictionary(areFloats);
      indexes.read(out, from, count);
      for (int i = from; i < from + count; i++) {
        out[i] = values[out[i]];
      }
    } else if (plain != null) {
      plain.asIntBuffer().get(out, from, count);
      plain.position(plain.position() + count * Integer.BYTES);
    } else {
      ValuesReader reader = present(other);
      for (int i = from; i < from + count; i++) {
        out[i] = areFloats ? Float.floatToRawIntBits(reader.readFloat()) : reader.readInteger();
      }
    }
  }

  /** 64-bit values. */
  void longs(long[] out, int from, int count, boolean areDoubles) {
    if (indexes != null) {
      long[] values = longDictionary(areDoubles);
      int[] places = places(count);
      for (int i = 0; i < count; i++) {
        out[from + i] = values[places[i]];
      }
    } else if (plain != null) {
      plain.asLongBuffer().get(out, from, count);
      plain.position(plain.position() + count * Long.BYTES);
    } else {
      ValuesReader reader = present(other);
      for (int i = from; i < from + count; i++) {
        out[i] = areDoubles ? Double.doubleToRawLongBits(reader.readDouble()) : reader.readLong();
      }
    }
  }

  /** Byte strings. Those of a dictionary are made once and shared. */
  void objects(@Nullable Object[] out, int from, int count, OfBytes make) {
    if (indexes != null) {
      Object[] values = objectDictionary(make);
      int[] places = places(count);
      for (int i = 0; i < count; i++) {
        out[from + i] = values[places[i]];
      }
    } else if (plain != null) {
      plainObjects(plain, out, from, count, make);
    } else {
      ValuesReader reader = present(other);
      for (int i = from; i < from + count; i++) {
        byte[] bytes = reader.readBytes().getBytesUnsafe();
        out[i] = make.value(bytes, 0, bytes.length);
      }
    }
  }

  private void plainObjects(
      ByteBuffer values, @Nullable Object[] out, int from, int count, OfBytes make) {
    byte[] bytes = values.array();
    int base = values.arrayOffset();
    for (int i = from; i < from + count; i++) {
      int length = fixedLength > 0 ? fixedLength : values.getInt();
      int start = values.position();
      values.position(start + length);
      out[i] = make.value(bytes, base + start, length);
    }
  }

  private int[] places(int count) {
    if (scratch.length < count) {
      scratch = new int[count];
    }
    present(indexes).read(scratch, 0, count);
    return scratch;
  }

  private int[] intDictionary(boolean areFloats) {
    if (dictionary == null) {
      Dictionary source = pages.dictionary();
      int[] values = new int[source.getMaxId() + 1];
      Arrays.setAll(
          values,
          i ->
              areFloats ? Float.floatToRawIntBits(source.decodeToFloat(i)) : source.decodeToInt(i));
      dictionary = values;
    }
    return (int[]) dictionary;
  }

  private long[] longDictionary(boolean areDoubles) {
    if (dictionary == null) {
      Dictionary source = pages.dictionary();
      long[] values = new long[source.getMaxId() + 1];
      Arrays.setAll(
          values,
          i ->
              areDoubles
                  ? Double.doubleToRawLongBits(source.decodeToDouble(i))
                  : source.decodeToLong(i));
      dictionary = values;
    }
    return (long[]) dictionary;
  }

  private Object[] objectDictionary(OfBytes make) {
    if (dictionary == null) {
      Dictionary source = pages.dictionary();
      Object[] values = new Object[source.getMaxId() + 1];
      for (int i = 0; i < values.length; i++) {
        Binary binary = source.decodeToBinary(i);
        byte[] bytes = binary.getBytes();
        values[i] = make.value(bytes, 0, bytes.length);
      }
      dictionary = values;
    }
    return (Object[]) dictionary;
  }

  private static <T> T present(@Nullable T form) {
    if (form == null) {
      throw new IllegalStateException("no page is open");
    }
    return form;
  }
}
