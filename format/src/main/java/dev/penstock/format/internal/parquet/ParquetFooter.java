package dev.penstock.format.internal.parquet;

import dev.penstock.format.internal.Problems;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * What a Parquet file says of itself.
 *
 * @param columns its columns, those of types we do not read too
 * @param rowGroups its row groups
 */
public record ParquetFooter(List<ParquetColumn> columns, List<RowGroup> rowGroups) {
  private static final int MAGIC_BYTES = 4;
  private static final int TAIL_BYTES = Integer.BYTES + MAGIC_BYTES;

  /** The footer of the file at that path; see {@link Problems#reading} for what it throws. */
  public static ParquetFooter read(Path path) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return read(file);
    } catch (IOException | RuntimeException e) {
      throw Problems.reading(path, "no Parquet file can be read here", e);
    }
  }

  /** The same with these field ids by name of column; columns not named have none. */
  public ParquetFooter withIds(Map<String, Integer> ids) {
    return new ParquetFooter(
        columns.stream()
            .map(
                column ->
                    new ParquetColumn(
                        column.name(),
                        ids.getOrDefault(column.name(), -1),
                        column.source(),
                        column.written()))
            .toList(),
        rowGroups);
  }

  public long rows() {
    return rowGroups.stream().mapToLong(RowGroup::getNum_rows).sum();
  }

  private static ParquetFooter read(FileChannel file) throws IOException {
    FileMetaData metadata = metadata(file);
    List<ParquetColumn> columns =
        SchemaNode.columns(metadata.getSchema()).stream()
            .flatMap(node -> ParquetColumn.of(node).stream())
            .toList();
    return new ParquetFooter(columns, metadata.getRow_groups());
  }

  static FileMetaData metadata(FileChannel file) throws IOException {
    long size = file.size();
    if (size < MAGIC_BYTES + TAIL_BYTES) {
      throw new EOFException("it has " + size + " bytes");
    }
    ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ChunkPages.readFully(file, tail, size - TAIL_BYTES);
    int length = tail.getInt();
    String magic = StandardCharsets.ISO_8859_1.decode(tail).toString();
    if (magic.equals("PARE")) {
      throw new IllegalStateException("it is encrypted");
    }
    if (!magic.equals("PAR1")) {
      throw new EOFException("it does not end as a Parquet file does");
    }
    if (length <= 0 || length > size - TAIL_BYTES - MAGIC_BYTES) {
      throw new EOFException("its footer would have " + length + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    ChunkPages.readFully(file, bytes, size - TAIL_BYTES - length);
    return Util.readFileMetaData(new ByteArrayInputStream(bytes.array()));
  }
}
