package dev.penstock.format.internal.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * One column of the row group being written: its pages, compressed, until the group is complete.
 */
final class ChunkWriter {
  /** A page that is done: its place among the pages, its rows and what is in it. */
  record Page(int offset, int size, long firstRow, ColumnStatistics statistics) {}

  private final Field field;
  private final ValueEncoder encoder;
  private final Compressors compressors;

  private final Bytes dictionary = new Bytes();
  private final Bytes pages = new Bytes();
  private final Bytes content = new Bytes();
  private final Bytes compressed = new Bytes();
  private final List<Page> index = new ArrayList<>();
  private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
  private ColumnStatistics statistics;
  private long entries;
  private long rows;
  private long uncompressedBytes;

  ChunkWriter(Field field, Compressors compressors) {
    this.field = field;
    this.encoder = ValueEncoder.of(field);
    this.compressors = compressors;
    this.statistics = new ColumnStatistics(field.type());
  }

  Field field() {
    return field;
  }

  /** The compressed size so far, without the dictionary. */
  int bytes() {
    return pages.size();
  }

  /** Adds the rows {@code [from, to)}. */
  void write(Column column, int from, int to) throws IOException {
    int start = from;
    while (start < to) {
      int end = encoder.pageEnd(column, start, to);
      writePage(column, start, end);
      start = end;
    }
  }

  private void writePage(Column column, int from, int to) throws IOException {
    ColumnStatistics page = new ColumnStatistics(field.type());
    content.clear();
    int pageEntries = encoder.levels(column, field.nullable(), from, to, content);
    Encoding encoding = encoder.values(column, from, to, content, page);
    encodings.add(encoding);
    PageHeader header = compress(PageType.DATA_PAGE);
    header.setData_page_header(
        new DataPageHeader(pageEntries, encoding, Encoding.RLE, Encoding.RLE));
    int offset = pages.size();
    append(header, pages);
    index.add(new Page(offset, pages.size() - offset, rows, page));
    statistics.merge(page);
    entries += pageEntries;
    rows += to - from;
  }

  /** Compresses {@link #content} and makes a header that fits. */
  private PageHeader compress(PageType type) {
    compressed.clear();
    compressors.compress(content, compressed);
    PageHeader header = new PageHeader(type, content.size(), compressed.size());
    CRC32 crc = new CRC32();
    crc.update(compressed.array(), 0, compressed.size());
    header.setCrc((int) crc.getValue());
    return header;
  }

  private void append(PageHeader header, Bytes out) throws IOException {
    int before = out.size();
    Util.writePageHeader(header, out);
    uncompressedBytes += out.size() - before + content.size();
    out.write(compressed.array(), 0, compressed.size());
  }

  /** Completes the chunk, whose bytes are now those of {@link #dictionary} and {@link #pages}. */
  FinishedChunk finish() throws IOException {
    if (encodings.contains(Encoding.RLE_DICTIONARY)) {
      content.clear();
      int size = encoder.dictionary(content);
      PageHeader header = compress(PageType.DICTIONARY_PAGE);
      header.setDictionary_page_header(new DictionaryPageHeader(size, Encoding.PLAIN));
      append(header, dictionary);
      encodings.add(Encoding.PLAIN);
    }
    encodings.add(Encoding.RLE);
    return new FinishedChunk(
        field,
        dictionary.size(),
        pages.size(),
        List.copyOf(index),
        List.copyOf(encodings),
        entries,
        uncompressedBytes,
        statistics,
        encoder.pagesHaveBounds());
  }

  /** The page that comes first in the file; empty if there is no dictionary. */
  Bytes dictionary() {
    return dictionary;
  }

  Bytes pages() {
    return pages;
  }

  /** Begins the next chunk, once the finished one is in the file. */
  void restart() {
    encoder.restart();
    dictionary.clear();
    pages.clear();
    index.clear();
    encodings.clear();
    statistics = new ColumnStatistics(field.type());
    entries = 0;
    rows = 0;
    uncompressedBytes = 0;
  }
}
