package dev.penstock.format.internal.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * The values of one page, nulls left out, many at a time. A page has one of three forms: plain
 * bytes, indexes into the dictionary, or one of the rarer encodings, which are decoded value by
 * value. Floats and doubles are read as their bits.
 */
final class PageValues {
  /** Makes a value of bytes. */
  interface OfBytes {
    Object value(byte[] bytes, int from, int length);
  }

  private static final int INT96_BYTES = 12;

  private final Leaf leaf;
  private final ChunkPages pages;
  private final int fixedLength;

  private @Nullable RunDecoder indexes;
  private @Nullable ByteBuffer plain;
  private @Nullable ValuesReader other;
  private int bit;
  private int[] scratch = new int[0];

  /** The dictionary's values in the form in which they are read; made once, when first needed. */
  private @Nullable Object dictionary;

  PageValues(Leaf leaf, ChunkPages pages) {
    this.leaf = leaf;
    this.pages = pages;
    this.fixedLength =
        leaf.element().getType() == Type.INT96
            ? INT96_BYTES
            : leaf.element().isSetType_length() ? leaf.element().getType_length() : 0;
  }

  void open(DataPage page) throws IOException {
    indexes = null;
    plain = null;
    other = null;
    bit = 0;
    ByteBuffer values = page.values();
    switch (page.encoding()) {
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        int bitWidth = values.hasRemaining() ? values.get() : 0;
        indexes = new RunDecoder(values, bitWidth);
      }
      case RLE -> {
        // Booleans only, after their length.
        values.getInt();
        indexes = new RunDecoder(values, 1);
      }
      case PLAIN -> plain = values;
      default -> other = RareEncodings.reader(leaf, page.encoding(), page.entries(), values);
    }
  }

  void booleans(boolean[] out, int from, int count) {
    if (indexes != null) {
      int[] read = places(count);
      for (int i = 0; i < count; i++) {
        out[from + i] = read[i] == 1;
      }
      return;
    }
    ByteBuffer bits = present(plain);
    for (int i = from; i < from + count; i++) {
      out[i] = (bits.get(bit >> 3) >> (bit & 7) & 1) == 1;
      bit++;
    }
  }

  /** 32-bit values. */
  void ints(int[] out, int from, int count, boolean areFloats) {
    if (indexes != null) {
      int[] values = intDictionary();
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
      long[] values = longDictionary();
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
      @Nullable Object[] values = objectDictionary(make);
      int[] places = places(count);
      for (int i = 0; i < count; i++) {
        out[from + i] = values[places[i]];
      }
    } else if (plain != null) {
      plainObjects(plain, out, from, count, make);
    } else {
      ValuesReader reader = present(other);
      for (int i = from; i < from + count; i++) {
        byte[] bytes = reader.readBytes().getBytes();
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

  private int[] intDictionary() {
    if (dictionary == null) {
      int[] values = new int[pages.dictionarySize()];
      pages.dictionary().asIntBuffer().get(values);
      dictionary = values;
    }
    return (int[]) dictionary;
  }

  private long[] longDictionary() {
    if (dictionary == null) {
      long[] values = new long[pages.dictionarySize()];
      pages.dictionary().asLongBuffer().get(values);
      dictionary = values;
    }
    return (long[]) dictionary;
  }

  private @Nullable Object[] objectDictionary(OfBytes make) {
    if (dictionary == null) {
      @Nullable Object[] values = new Object[pages.dictionarySize()];
      plainObjects(pages.dictionary(), values, 0, values.length, make);
      dictionary = values;
    }
    return (@Nullable Object[]) dictionary;
  }

  private static <T> T present(@Nullable T form) {
    if (form == null) {
      throw new IllegalStateException("no page is open");
    }
    return form;
  }
}
