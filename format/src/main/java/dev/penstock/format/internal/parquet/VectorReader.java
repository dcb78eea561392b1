package dev.penstock.format.internal.parquet;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.FieldRepetitionType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of floats of one row group. The definition level of an entry says: below {@code
 * emptyLevel} no list, at it an empty list, at the leaf's greatest an element, between them a null
 * element, which a vector cannot have.
 */
final class VectorReader {
  private final ChunkPages pages;
  private final PageValues values;
  private final int maxDefinition;
  private final int emptyLevel;

  private int entries;
  private int entry;
  private int[] repetitionLevels = new int[0];
  private int[] definitionLevels = new int[0];
  private int[] bits = new int[0];
  private int nextValue;

  private float[] elements = new float[16];

  VectorReader(Leaf leaf, ChunkPages pages) {
    this.pages = pages;
    this.values = new PageValues(leaf, pages);
    this.maxDefinition = leaf.maxDefinition();
    boolean nullable = leaf.element().getRepetition_type() == FieldRepetitionType.OPTIONAL;
    this.emptyLevel = leaf.maxDefinition() - (nullable ? 2 : 1);
  }

  @Nullable Object[] vectors(int rows) throws IOException {
    @Nullable Object[] out = new Object[rows];
    for (int row = 0; row < rows; row++) {
      if (entry == entries && !nextPage()) {
        throw new EOFException("a column has fewer values than its row group has rows");
      }
      out[row] = vector();
    }
    return out;
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
    if (level < maxDefinition) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED, "a vector has a null element", "write 0 or NaN in its place");
    }
    if (index == elements.length) {
      elements = Arrays.copyOf(elements, index * 2);
    }
    elements[index] = Float.intBitsToFloat(bits[nextValue++]);
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
    if (bits.length < entries) {
      repetitionLevels = new int[entries];
      definitionLevels = new int[entries];
      bits = new int[entries];
    }
    repetitions.read(repetitionLevels, 0, entries);
    definitions.read(definitionLevels, 0, entries);
    int present = 0;
    for (int i = 0; i < entries; i++) {
      present += definitionLevels[i] == maxDefinition ? 1 : 0;
    }
    values.open(page);
    values.ints(bits, 0, present, true);
    nextValue = 0;
    return entries > 0 || nextPage();
  }
}
