package dev.penstock.format.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column in one row group, one after the other. Parquet-Java has a reader for
 * this, but it brings Hadoop's classes with it: a fifth of a second of every start.
 */
final class ChunkPages {
  private final ColumnDescriptor column;
  private final CompressionCodecName codec;
  private final ByteBufferInputStream in;
  private long entriesLeft;
  private @Nullable Dictionary dictionary;

  private ChunkPages(
      ColumnDescriptor column, CompressionCodecName codec, ByteBuffer bytes, long entries) {
    this.column = column;
    this.codec = codec;
    this.in = ByteBufferInputStream.wrap(bytes);
    this.entriesLeft = entries;
  }

  static ChunkPages read(FileChannel file, ColumnChunkMetaData chunk, ColumnDescriptor column)
      throws IOException {
    long size = chunk.getTotalSize();
    long from = chunk.getStartingPos();
    if (size < 0 || from < 0 || from + size > file.size()) {
      throw new EOFException("column " + chunk.getPath() + " lies beyond the end of the file");
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size));
    readFully(file, bytes, from);
    return new ChunkPages(column, chunk.getCodec(), bytes, chunk.getValueCount());
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
    while (entriesLeft > 0) {
      PageHeader header = Util.readPageHeader(in);
      ByteBuffer bytes = in.slice(header.getCompressed_page_size());
      check(header, bytes);
      DataPage page =
          switch (header.getType()) {
            case DICTIONARY_PAGE -> {
              dictionary = dictionary(header, bytes);
              yield null;
            }
            case DATA_PAGE -> firstVersion(header, bytes);
            case DATA_PAGE_V2 -> secondVersion(header, bytes);
            case INDEX_PAGE -> null;
          };
      if (page != null) {
        if (page.entries() < 0 || page.entries() > entriesLeft) {
          throw new IllegalStateException("a page of " + page.entries() + " values");
        }
        entriesLeft -= page.entries();
        return page;
      }
    }
    return null;
  }

  /** The dictionary that pages so far refer to. */
  Dictionary dictionary() {
    if (dictionary == null) {
      throw new IllegalStateException("a page without its dictionary");
    }
    return dictionary;
  }

  private static void check(PageHeader header, ByteBuffer bytes) throws IOException {
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(bytes.duplicate());
      if ((int) crc.getValue() != header.getCrc()) {
        throw new EOFException("a page's checksum does not fit its content");
      }
    }
  }

  private Dictionary dictionary(PageHeader header, ByteBuffer bytes) throws IOException {
    ByteBuffer content = Compression.decompress(codec, bytes, header.getUncompressed_page_size());
    int values = header.getDictionary_page_header().getNum_values();
    DictionaryPage page = new DictionaryPage(BytesInput.from(content), values, Encoding.PLAIN);
    return Encoding.PLAIN.initDictionary(column, page);
  }

  private DataPage firstVersion(PageHeader header, ByteBuffer bytes) throws IOException {
    DataPageHeader data = header.getData_page_header();
    ByteBuffer content = Compression.decompress(codec, bytes, header.getUncompressed_page_size());
    RunDecoder repetitions =
        prefixed(content, column.getMaxRepetitionLevel(), data.getRepetition_level_encoding());
    RunDecoder definitions =
        prefixed(content, column.getMaxDefinitionLevel(), data.getDefinition_level_encoding());
    return new DataPage(
        data.getNum_values(),
        repetitions,
        definitions,
        encoding(data.getEncoding()),
        rest(content));
  }

  private DataPage secondVersion(PageHeader header, ByteBuffer bytes) throws IOException {
    DataPageHeaderV2 data = header.getData_page_header_v2();
    int repetitionBytes = data.getRepetition_levels_byte_length();
    int definitionBytes = data.getDefinition_levels_byte_length();
    RunDecoder repetitions = levels(cut(bytes, repetitionBytes), column.getMaxRepetitionLevel());
    RunDecoder definitions = levels(cut(bytes, definitionBytes), column.getMaxDefinitionLevel());
    boolean compressed = !data.isSetIs_compressed() || data.isIs_compressed();
    ByteBuffer values =
        Compression.decompress(
            compressed ? codec : CompressionCodecName.UNCOMPRESSED,
            bytes,
            header.getUncompressed_page_size() - repetitionBytes - definitionBytes);
    return new DataPage(
        data.getNum_values(), repetitions, definitions, encoding(data.getEncoding()), values);
  }

  /** Levels of a page of the first version stand after their length. */
  private static @Nullable RunDecoder prefixed(
      ByteBuffer content, int most, org.apache.parquet.format.Encoding encoding) {
    if (most == 0) {
      return null;
    }
    if (encoding != org.apache.parquet.format.Encoding.RLE) {
      throw new IllegalStateException("levels are encoded as " + encoding);
    }
    return levels(cut(content, content.getInt()), most);
  }

  private static @Nullable RunDecoder levels(ByteBuffer bytes, int most) {
    return most == 0 ? null : new RunDecoder(bytes, BytesUtils.getWidthFromMaxInt(most));
  }

  private static ByteBuffer cut(ByteBuffer bytes, int length) {
    ByteBuffer part = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + length);
    return part;
  }

  private static ByteBuffer rest(ByteBuffer bytes) {
    return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
  }
}
