package dev.penstock.format.internal.parquet;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a flat column of one row group into arrays, so many rows at a time, whatever its pages.
 * After each read {@link #nulls} tells which of the rows are null.
 */
final class LeafReader {
  private final ChunkPages pages;
  private final PageValues values;
  private final int maxDefinition;

  private @Nullable RunDecoder definitions;
  private int entriesLeft;
  private boolean @Nullable [] nulls;
  private int[] levels = new int[0];

  LeafReader(Leaf leaf, ChunkPages pages) {
    this.pages = pages;
    this.values = new PageValues(leaf, pages);
    this.maxDefinition = leaf.maxDefinition();
  }

  /** True where a row of the last read is null; null if none is. */
  boolean @Nullable [] nulls() {
    return nulls;
  }

  boolean[] booleans(int rows) throws IOException {
    boolean[] out = new boolean[rows];
    nulls = null;
    for (int at = 0, run; at < rows; at += run) {
      run = nextRun(rows - at);
      int present = present(at, run, rows);
      values.booleans(out, at, present);
      // The values stand at the front of their run: move each to its row, from the last on.
      for (int i = at + run - 1, from = at + present - 1; i > from; i--) {
        out[i] = !isNull(i) && out[from--];
      }
    }
    return out;
  }

  int[] ints(int rows, boolean areFloats) throws IOException {
    int[] out = new int[rows];
    nulls = null;
    for (int at = 0, run; at < rows; at += run) {
      run = nextRun(rows - at);
      int present = present(at, run, rows);
      values.ints(out, at, present, areFloats);
      for (int i = at + run - 1, from = at + present - 1; i > from; i--) {
        out[i] = isNull(i) ? 0 : out[from--];
      }
    }
    return out;
  }

  long[] longs(int rows, boolean areDoubles) throws IOException {
    long[] out = new long[rows];
    nulls = null;
    for (int at = 0, run; at < rows; at += run) {
      run = nextRun(rows - at);
      int present = present(at, run, rows);
      values.longs(out, at, present, areDoubles);
      for (int i = at + run - 1, from = at + present - 1; i > from; i--) {
        out[i] = isNull(i) ? 0 : out[from--];
      }
    }
    return out;
  }

  @Nullable Object[] objects(int rows, PageValues.OfBytes make) throws IOException {
    @Nullable Object[] out = new Object[rows];
    nulls = null;
    for (int at = 0, run; at < rows; at += run) {
      run = nextRun(rows - at);
      int present = present(at, run, rows);
      values.objects(out, at, present, make);
      for (int i = at + run - 1, from = at + present - 1; i > from; i--) {
        out[i] = isNull(i) ? null : out[from--];
      }
    }
    return out;
  }

  /** How many rows of the page that was begun were not read yet. */
  int begun() {
    return entriesLeft;
  }

  /** How many of the wanted rows are in the present page, the next one when it is used up. */
  private int nextRun(int wanted) throws IOException {
    while (entriesLeft == 0) {
      DataPage page = pages.next();
      if (page == null) {
        throw new EOFException("a column has fewer values than its row group has rows");
      }
      entriesLeft = page.entries();
      definitions = page.definitions();
      values.open(page);
    }
    int run = Math.min(entriesLeft, wanted);
    entriesLeft -= run;
    return run;
  }

  /** Marks the nulls of a run that begins at row {@code at}, and counts the others. */
  private int present(int at, int run, int rows) {
    if (definitions == null || definitions.skipIfAll(maxDefinition, run)) {
      return run;
    }
    if (levels.length < run) {
      levels = new int[run];
    }
    definitions.read(levels, 0, run);
    if (nulls == null) {
      nulls = new boolean[rows];
    }
    int present = 0;
    for (int i = 0; i < run; i++) {
      boolean isNull = levels[i] < maxDefinition;
      nulls[at + i] = isNull;
      present += isNull ? 0 : 1;
    }
    return present;
  }

  private boolean isNull(int row) {
    return nulls != null && nulls[row];
  }
}
