package dev.penstock.format.internal.parquet;

import dev.penstock.format.Condition;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;

/**
 * Says which rows of a row group may meet a condition, by the bounds that the file has of each page
 * of the condition's column.
 */
final class PageIndex {
  private PageIndex() {}

  /**
   * The rows of the pages that may hold a row which meets the condition; all where the file does
   * not say.
   *
   * @param rows how many the row group has
   * @throws IOException if the index lies beyond the file's end
   */
  static List<RowRange> mayHold(
      FileChannel file,
      ColumnChunk chunk,
      ParquetColumn.Source source,
      Condition condition,
      long rows)
      throws IOException {
    if (!chunk.isSetColumn_index_offset() || !chunk.isSetOffset_index_offset()) {
      return List.of(new RowRange(0, rows));
    }
    ColumnIndex bounds =
        Util.readColumnIndex(
            read(file, chunk.getColumn_index_offset(), chunk.getColumn_index_length()));
    OffsetIndex places =
        Util.readOffsetIndex(
            read(file, chunk.getOffset_index_offset(), chunk.getOffset_index_length()));
    List<PageLocation> pages = places.getPage_locations();
    if (bounds.getNull_pages().size() != pages.size()
        || bounds.getMin_values().size() != pages.size()
        || bounds.getMax_values().size() != pages.size()) {
      throw new IllegalStateException("a page index that fits no column");
    }
    List<RowRange> found = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      long from = pages.get(i).getFirst_row_index();
      long to = i + 1 < pages.size() ? pages.get(i + 1).getFirst_row_index() : rows;
      if ((i == 0 && from != 0) || from >= to) {
        throw new IllegalStateException("a page index without an order");
      }
      if (!bounds.getNull_pages().get(i)
          && RowGroupFilter.mayHold(
              bounds.getMin_values().get(i), bounds.getMax_values().get(i), source, condition)) {
        RowRange.add(found, new RowRange(from, to));
      }
    }
    return found;
  }

  private static ByteArrayInputStream read(FileChannel file, long from, int length)
      throws IOException {
    if (from < 0 || length < 0 || from + length > file.size()) {
      throw new EOFException("a page index lies beyond the file's end");
    }
    byte[] bytes = new byte[length];
    ChunkPages.readFully(file, ByteBuffer.wrap(bytes), from);
    return new ByteArrayInputStream(bytes);
  }
}
