package dev.penstock.format.internal.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/** The entries of a leaf at any depth, one after the other, with their levels. */
final class NestedLeaf {
  private final ChunkPages pages;
  private final PageValues values;
  private final Type type;
  private final int maxDefinition;

  private int entries;
  private int entry;
  private int[] repetitionLevels = new int[0];
  private int[] definitionLevels = new int[0];
  private @Nullable Object[] present = new Object[0];
  private int nextPresent;

  NestedLeaf(Leaf leaf, ChunkPages pages) {
    this.pages = pages;
    this.values = new PageValues(leaf, pages);
    this.type = leaf.element().getType();
    this.maxDefinition = leaf.maxDefinition();
  }

  /** How deep the present entry is there. */
  int definition() throws IOException {
    if (!hasEntry()) {
      throw new EOFException("a column has fewer values than its row group has rows");
    }
    return definitionLevels[entry];
  }

  /** Which list the present entry continues; 0 for a new row, and after the last. */
  int repetition() throws IOException {
    return hasEntry() ? repetitionLevels[entry] : 0;
  }

  /** The value of the present entry, null where there is none, and on to the next one. */
  @Nullable Object next() throws IOException {
    boolean there = definition() == maxDefinition;
    entry++;
    return there ? present[nextPresent++] : null;
  }

  private boolean hasEntry() throws IOException {
    while (entry == entries) {
      DataPage page = pages.next();
      if (page == null) {
        return false;
      }
      open(page);
    }
    return true;
  }

  private void open(DataPage page) throws IOException {
    entries = page.entries();
    entry = 0;
    repetitionLevels = levels(page.repetitions(), 0);
    definitionLevels = levels(page.definitions(), maxDefinition);
    int count = 0;
    for (int level : definitionLevels) {
      count += level == maxDefinition ? 1 : 0;
    }
    values.open(page);
    present = new Object[count];
    nextPresent = 0;
    read(count);
  }

  private int[] levels(@Nullable RunDecoder decoder, int all) {
    int[] levels = new int[entries];
    if (decoder == null) {
      Arrays.fill(levels, all);
    } else {
      decoder.read(levels, 0, entries);
    }
    return levels;
  }

  private void read(int count) {
    switch (type) {
      case BOOLEAN -> {
        boolean[] read = new boolean[count];
        values.booleans(read, 0, count);
        Arrays.setAll(present, i -> read[i]);
      }
      case INT32 -> {
        int[] read = new int[count];
        values.ints(read, 0, count, false);
        Arrays.setAll(present, i -> read[i]);
      }
      case INT64 -> {
        long[] read = new long[count];
        values.longs(read, 0, count, false);
        Arrays.setAll(present, i -> read[i]);
      }
      case BYTE_ARRAY ->
          values.objects(
              present,
              0,
              count,
              (bytes, from, length) -> new String(bytes, from, length, StandardCharsets.UTF_8));
      case FLOAT, DOUBLE, INT96, FIXED_LEN_BYTE_ARRAY ->
          throw new IllegalStateException("a value is " + type);
    }
  }
}
