package dev.penstock.format.internal.wire;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.format.SentRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;

/** Reads an Arrow IPC stream. What lies outside of the heap is bounded and freed before return. */
public final class ArrowRows {
  private static final String FORMAT = "Arrow stream";

  private final SentRows.Bounds bounds;
  private final BufferAllocator memory;
  private final List<ArrowColumn> columns = new ArrayList<>();
  private final List<SentRows.BadCell> bad = new ArrayList<>();

  private ArrowRows(SentRows.Bounds bounds, BufferAllocator memory) {
    this.bounds = bounds;
    this.memory = memory;
  }

  /** See {@link SentRows#ofArrow}. */
  public static SentRows read(byte[] stream, SentRows.Bounds bounds) {
    try (BufferAllocator memory = new RootAllocator(bounds.mostBytes());
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(stream), memory)) {
      return new ArrowRows(bounds, memory).read(reader);
    } catch (PenstockException known) {
      throw known;
    } catch (OutOfMemoryException e) {
      bounds.checkBytes(Long.MAX_VALUE);
      throw e;
    } catch (IOException | RuntimeException e) {
      // Arrow checks little of what it is sent; its buffers throw what they like at a broken one.
      throw Wire.broken(FORMAT, e);
    }
  }

  private SentRows read(ArrowStreamReader reader) throws IOException {
    VectorSchemaRoot root = reader.getVectorSchemaRoot();
    for (FieldVector vector : root.getFieldVectors()) {
      add("", vector, List.of(), reader);
    }
    int rows = 0;
    while (reader.loadNextBatch()) {
      bounds.checkRows((long) rows + root.getRowCount());
      for (ArrowColumn column : columns) {
        column.append(root.getRowCount(), rows, memory);
      }
      rows += root.getRowCount();
    }
    List<Field> fields = columns.stream().map(c -> Field.of(c.path(), c.type())).toList();
    Batch batch = new Batch(new Schema(fields), columns.stream().map(ArrowColumn::build).toList());
    return new SentRows(batch, bad);
  }

  /** A struct is the columns inside it, each null where the struct is. */
  private void add(
      String before, FieldVector vector, List<StructVector> parents, ArrowStreamReader reader)
      throws IOException {
    String path = before + vector.getName();
    if (vector instanceof StructVector struct) {
      List<StructVector> all = new ArrayList<>(parents);
      all.add(struct);
      for (FieldVector child : struct.getChildrenFromFields()) {
        add(path + ".", child, all, reader);
      }
    } else if (bounds.wanted().test(path)) {
      columns.add(ArrowColumn.of(path, vector, parents, reader.getDictionaryVectors(), bad));
    }
  }
}
