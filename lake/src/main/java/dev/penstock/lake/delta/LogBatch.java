package dev.penstock.lake.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of a table's log, in the kernel's columns. */
record LogBatch(StructType schema, List<ColumnVector> columns, int size) implements ColumnarBatch {
  static LogBatch of(StructType schema, List<@Nullable JsonNode> entries) {
    JsonVector all = new JsonVector(schema, entries);
    List<ColumnVector> columns = new ArrayList<>();
    schema.fields().forEach(field -> columns.add(all.child(field)));
    return new LogBatch(schema, columns, entries.size());
  }

  @Override
  public StructType getSchema() {
    return schema;
  }

  @Override
  public ColumnVector getColumnVector(int ordinal) {
    return columns.get(ordinal);
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public ColumnarBatch withNewColumn(int ordinal, StructField field, ColumnVector column) {
    List<StructField> fields = new ArrayList<>(schema.fields());
    fields.add(ordinal, field);
    List<ColumnVector> all = new ArrayList<>(columns);
    all.add(ordinal, column);
    return new LogBatch(new StructType(fields), all, size);
  }

  @Override
  public ColumnarBatch withDeletedColumnAt(int ordinal) {
    List<StructField> fields = new ArrayList<>(schema.fields());
    fields.remove(ordinal);
    List<ColumnVector> all = new ArrayList<>(columns);
    all.remove(ordinal);
    return new LogBatch(new StructType(fields), all, size);
  }

  @Override
  public ColumnarBatch withNewSchema(StructType other) {
    return new LogBatch(other, columns, size);
  }
}
