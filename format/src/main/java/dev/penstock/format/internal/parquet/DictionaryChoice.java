package dev.penstock.format.internal.parquet;

/**
 * Decides, page by page, whether a column's dictionary is worth going on with: not once it is large
 * or half of a page's values are new to it. Then this page and all after it are plain.
 */
final class DictionaryChoice {
  private static final int MOST_ENTRIES = 1 << 16;
  private static final int MOST_BYTES = 1 << 20;

  private boolean open = true;
  private boolean firstPage = true;

  /** Whether the row group before was worth one at all: the next will be like it. */
  private boolean useful = true;

  boolean isOpen() {
    return open;
  }

  /** Whether the page whose values were just looked up is to be written as indexes. */
  boolean keep(int entries, int added, long bytes, int values) {
    boolean worth =
        entries <= MOST_ENTRIES && bytes <= MOST_BYTES && 2L * added <= Math.max(values, 1);
    if (!worth) {
      open = false;
      useful &= !firstPage;
    }
    firstPage = false;
    return worth;
  }

  void restart() {
    open = useful;
    firstPage = true;
  }
}
