package dev.penstock.format.internal.parquet;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** The pages of one column in one row group, one after the other. */
final class ChunkPages {
  private final Leaf leaf;
  private final CompressionCodec codec;
  private final ByteBuffer bytes;
  private final ByteArrayInputStream in;
  private long entriesLeft;

  /** Of a data page whose content was not yet taken. */
  private @Nullable PageHeader header;

  private @Nullable ByteBuffer dictionary;
  private int dictionarySize;

  private ChunkPages(Leaf leaf, CompressionCodec codec, byte[] bytes, long entries) {
    this.leaf = leaf;
    this.codec = codec;
    this.bytes = ByteBuffer.wrap(bytes);
    this.in = new ByteArrayInputStream(bytes);
    this.entriesLeft = entries;
  }

  static ChunkPages read(FileChannel file, ColumnMetaData chunk, Leaf leaf) throws IOException {
    long from = chunk.getData_page_offset();
    if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0) {
      from = Math.min(from, chunk.getDictionary_page_offset());
    }
    long size = chunk.getTotal_compressed_size();
    if (size < 0 || from < 0 || from + size > file.size()) {
      throw new EOFException("column " + chunk.getPath_in_schema() + " lies beyond the file's end");
    }
    byte[] bytes = new byte[Math.toIntExact(size)];
    readFully(file, ByteBuffer.wrap(bytes), from);
    return new ChunkPages(leaf, chunk.getCodec(), bytes, chunk.getNum_values());
  }

  static void readFully(FileChannel file, ByteBuffer into, long from) throws IOException {
    long position = from;
    while (into.hasRemaining()) {
      int read = file.read(into, position);
      if (read < 0) {
        throw new EOFException("the file ends at " + position);
      }
      position += read;
    }
    into.flip();
  }

  /** The next page, or null after the last. */
  @Nullable DataPage next() throws IOException {
    PageHeader next = nextHeader();
    if (next == null) {
      return null;
    }
    ByteBuffer content = takeNext(next);
    check(next, content);
    return next.getType() == PageType.DATA_PAGE
        ? firstVersion(next, content)
        : secondVersion(next, content);
  }

  /** Passes over the next pages as long as these have no more entries; returns how many. */
  int skip(int most) throws IOException {
    int skipped = 0;
    PageHeader next = nextHeader();
    while (next != null && entries(next) <= most - skipped) {
      skipped += entries(next);
      takeNext(next);
      next = nextHeader();
    }
    return skipped;
  }

  /** The header of the next data page; the dictionary is read on the way. */
  private @Nullable PageHeader nextHeader() throws IOException {
    while (header == null && entriesLeft > 0) {
      PageHeader read = Util.readPageHeader(in);
      switch (read.getType()) {
        case DICTIONARY_PAGE -> {
          ByteBuffer content = take(read);
          check(read, content);
          dictionarySize = read.getDictionary_page_header().getNum_values();
          dictionary = decompress(content, read.getUncompressed_page_size(), true);
        }
        case INDEX_PAGE -> take(read);
        case DATA_PAGE, DATA_PAGE_V2 -> {
          if (entries(read) < 0 || entries(read) > entriesLeft) {
            throw new IllegalStateException("a page of " + entries(read) + " values");
          }
          header = read;
        }
      }
    }
    return header;
  }

  /** The content of the page with that header; what comes next is behind it. */
  private ByteBuffer take(PageHeader taken) throws IOException {
    int from = bytes.capacity() - in.available();
    ByteBuffer content = bytes.slice(from, taken.getCompressed_page_size());
    if (in.skip(content.capacity()) < content.capacity()) {
      throw new EOFException("a page is cut off");
    }
    return content;
  }

  private ByteBuffer takeNext(PageHeader next) throws IOException {
    header = null;
    entriesLeft -= entries(next);
    return take(next);
  }

  private static int entries(PageHeader header) {
    return header.getType() == PageType.DATA_PAGE
        ? header.getData_page_header().getNum_values()
        : header.getData_page_header_v2().getNum_values();
  }

  /** The dictionary's values in plain encoding, from the first on. */
  ByteBuffer dictionary() {
    if (dictionary == null) {
      throw new IllegalStateException("a page without its dictionary");
    }
    return dictionary.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  int dictionarySize() {
    return dictionarySize;
  }

  private static void check(PageHeader header, ByteBuffer content) throws IOException {
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(content.duplicate());
      if ((int) crc.getValue() != header.getCrc()) {
        throw new EOFException("a page's checksum does not fit its content");
      }
    }
  }

  private DataPage firstVersion(PageHeader header, ByteBuffer page) throws IOException {
    DataPageHeader data = header.getData_page_header();
    ByteBuffer content = decompress(page, header.getUncompressed_page_size(), true);
    RunDecoder repetitions =
        prefixed(content, leaf.maxRepetition(), data.getRepetition_level_encoding());
    RunDecoder definitions =
        prefixed(content, leaf.maxDefinition(), data.getDefinition_level_encoding());
    ByteBuffer values = content.slice().order(ByteOrder.LITTLE_ENDIAN);
    return new DataPage(data.getNum_values(), repetitions, definitions, data.getEncoding(), values);
  }

  private DataPage secondVersion(PageHeader header, ByteBuffer page) throws IOException {
    DataPageHeaderV2 data = header.getData_page_header_v2();
    int repetitionBytes = data.getRepetition_levels_byte_length();
    int definitionBytes = data.getDefinition_levels_byte_length();
    RunDecoder repetitions = levels(cut(page, repetitionBytes), leaf.maxRepetition());
    RunDecoder definitions = levels(cut(page, definitionBytes), leaf.maxDefinition());
    boolean compressed = !data.isSetIs_compressed() || data.isIs_compressed();
    int size = header.getUncompressed_page_size() - repetitionBytes - definitionBytes;
    ByteBuffer values = decompress(page, size, compressed);
    return new DataPage(data.getNum_values(), repetitions, definitions, data.getEncoding(), values);
  }

  private ByteBuffer decompress(ByteBuffer page, int size, boolean compressed) throws IOException {
    return Compression.decompress(compressed ? codec : CompressionCodec.UNCOMPRESSED, page, size);
  }

  /** Levels of a page of the first version stand after their length. */
  private static @Nullable RunDecoder prefixed(ByteBuffer content, int most, Encoding encoding) {
    if (most == 0) {
      return null;
    }
    if (encoding != Encoding.RLE) {
      throw new IllegalStateException("levels are encoded as " + encoding);
    }
    return levels(cut(content, content.getInt()), most);
  }

  private static @Nullable RunDecoder levels(ByteBuffer bytes, int most) {
    return most == 0 ? null : new RunDecoder(bytes, bitWidth(most));
  }

  /** The bits that hold the numbers up to this one. */
  static int bitWidth(int most) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(most);
  }

  private static ByteBuffer cut(ByteBuffer bytes, int length) {
    ByteBuffer part = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + length);
    return part;
  }
}
