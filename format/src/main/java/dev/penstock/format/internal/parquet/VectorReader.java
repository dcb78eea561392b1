package dev.penstock.format.internal.parquet;

import dev.penstock.data.Field;
import dev.penstock.data.Type;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.format.FieldRepetitionType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of numbers of one row group. The definition level of an entry says: below {@code
 * emptyLevel} no list, at it an empty list, at the leaf's greatest an element, between them a null
 * element, which a vector cannot have. Numbers that are no float32 become the nearest, by way of
 * the nearest double, as they do from text.
 */
final class VectorReader {
  private final ChunkPages pages;
  private final PageValues values;
  private final Decoding decoding;
  private final Field wanted;
  private final int maxDefinition;
  private final int emptyLevel;

  private int entries;
  private int entry;
  private int[] repetitionLevels = new int[0];
  private int[] definitionLevels = new int[0];
  private int[] bits = new int[0];
  private long[] longBits = new long[0];
  private float[] numbers = new float[0];
  private int nextNumber;

  private float[] elements = new float[16];
  private boolean hasNull;
  private final Map<Integer, String> badRows = new TreeMap<>();

  VectorReader(Leaf leaf, Field wanted, ChunkPages pages) {
    this.pages = pages;
    this.wanted = wanted;
    LogicalTypes.Reading reading = LogicalTypes.reading(leaf.element());
    this.decoding = reading == null ? Decoding.VECTOR : reading.decoding();
    this.values = new PageValues(leaf, pages);
    this.maxDefinition = leaf.maxDefinition();
    boolean nullable = leaf.element().getRepetition_type() == FieldRepetitionType.OPTIONAL;
    this.emptyLevel = leaf.maxDefinition() - (nullable ? 2 : 1);
  }

  /** Why lists of the rows read last are no vectors, by their places among them. */
  Map<Integer, String> badRows() {
    return badRows;
  }

  /** The next lists; one that is no vector is null and {@linkplain #badRows() noted}. */
  @Nullable Object[] vectors(int rows) throws IOException {
    badRows.clear();
    int length = ((Type.Vector) wanted.type()).length();
    @Nullable Object[] out = new Object[rows];
    for (int row = 0; row < rows; row++) {
      if (entry == entries && !nextPage()) {
        throw new EOFException("a column has fewer values than its row group has rows");
      }
      hasNull = false;
      float[] vector = vector();
      if (hasNull) {
        note(row, "null", "an element is no number");
      } else if (vector != null && length != 0 && vector.length != length) {
        note(row, "[…]", vector.length + " elements");
      } else {
        out[row] = vector;
      }
    }
    return out;
  }

  private void note(int row, String shown, String why) {
    badRows.put(
        row, "column '%s': '%s' is no %s (%s)".formatted(wanted.name(), shown, wanted.type(), why));
  }

  /** The row that begins at the present entry; a row may go on in the next page. */
  private float @Nullable [] vector() throws IOException {
    int level = definitionLevels[entry++];
    if (level < emptyLevel) {
      return null;
    }
    if (level == emptyLevel) {
      return new float[0];
    }
    int length = 0;
    add(length++, level);
    while ((entry < entries || nextPage()) && repetitionLevels[entry] > 0) {
      add(length++, definitionLevels[entry++]);
    }
    return Arrays.copyOf(elements, length);
  }

  private void add(int index, int level) {
    if (index == elements.length) {
      elements = Arrays.copyOf(elements, index * 2);
    }
    if (level < maxDefinition) {
      hasNull = true;
    } else {
      elements[index] = numbers[nextNumber++];
    }
  }

  private boolean nextPage() throws IOException {
    DataPage page = pages.next();
    if (page == null) {
      return false;
    }
    RunDecoder repetitions = page.repetitions();
    RunDecoder definitions = page.definitions();
    if (repetitions == null || definitions == null) {
      throw new IllegalStateException("a list without levels");
    }
    entries = page.entries();
    entry = 0;
    if (numbers.length < entries) {
      repetitionLevels = new int[entries];
      definitionLevels = new int[entries];
      numbers = new float[entries];
    }
    repetitions.read(repetitionLevels, 0, entries);
    definitions.read(definitionLevels, 0, entries);
    int present = 0;
    for (int i = 0; i < entries; i++) {
      present += definitionLevels[i] == maxDefinition ? 1 : 0;
    }
    values.open(page);
    readNumbers(present);
    nextNumber = 0;
    return entries > 0 || nextPage();
  }

  private void readNumbers(int count) throws IOException {
    boolean areLongs = decoding == Decoding.DOUBLE || decoding == Decoding.LONG;
    if (areLongs) {
      longBits = longBits.length < count ? new long[numbers.length] : longBits;
      values.longs(longBits, 0, count, decoding == Decoding.DOUBLE);
    } else {
      bits = bits.length < count ? new int[numbers.length] : bits;
      values.ints(bits, 0, count, decoding == Decoding.FLOAT);
    }
    switch (decoding) {
      case DOUBLE -> {
        for (int i = 0; i < count; i++) {
          numbers[i] = (float) Double.longBitsToDouble(longBits[i]);
        }
      }
      case LONG -> {
        for (int i = 0; i < count; i++) {
          numbers[i] = (float) (double) longBits[i];
        }
      }
      case INT -> {
        for (int i = 0; i < count; i++) {
          numbers[i] = bits[i];
        }
      }
      case UNSIGNED_INT -> {
        for (int i = 0; i < count; i++) {
          numbers[i] = Integer.toUnsignedLong(bits[i]);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          numbers[i] = Float.intBitsToFloat(bits[i]);
        }
      }
    }
  }
}
