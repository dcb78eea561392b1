package dev.penstock.format.internal.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.ObjectColumn;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/** Strings as UTF-8. Bounds are kept of the dictionary's new entries only, not of each page. */
final class StringEncoder implements ValueEncoder {
  private final String[] values = new String[MOST_PAGE_ROWS];
  private final int[] indexes = new int[MOST_PAGE_ROWS];
  private final DictionaryChoice choice = new DictionaryChoice();
  private StringDictionary dictionary = new StringDictionary();

  @Override
  public int pageEnd(Column column, int from, int to) {
    return BinaryEncoder.pageEnd((ObjectColumn) column, from, to);
  }

  @Override
  public Encoding values(Column column, int from, int to, Bytes out, ColumnStatistics statistics) {
    statistics.add(column, from, to);
    int count = collect(((ObjectColumn) column).values(), from, to);
    if (choice.isOpen()) {
      int before = dictionary.size();
      dictionary.indexes(values, count, indexes);
      int added = dictionary.size() - before;
      if (choice.keep(dictionary.size(), added, dictionary.bytes(), count)) {
        for (int i = before; i < dictionary.size(); i++) {
          statistics.addBytes(dictionary.encoded(i));
        }
        int bitWidth = ChunkPages.bitWidth(dictionary.size() - 1);
        out.write(bitWidth);
        RunEncoder.encode(indexes, count, bitWidth, out);
        return Encoding.RLE_DICTIONARY;
      }
      dictionary.truncate(before);
    }
    for (int i = 0; i < count; i++) {
      byte[] bytes = values[i].getBytes(StandardCharsets.UTF_8);
      statistics.addBytes(bytes);
      BinaryEncoder.plain(bytes, out);
    }
    return Encoding.PLAIN;
  }

  @Override
  public int dictionary(Bytes out) {
    for (int i = 0; i < dictionary.size(); i++) {
      BinaryEncoder.plain(dictionary.encoded(i), out);
    }
    return dictionary.size();
  }

  @Override
  public void restart() {
    choice.restart();
    dictionary = new StringDictionary();
  }

  private int collect(@Nullable Object[] strings, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (strings[i] instanceof String string) {
        values[count++] = string;
      }
    }
    return count;
  }
}
