package dev.penstock.lake.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;

/** Entries of a table's log, in the kernel's columns. */
record LogBatch(StructType schema, List<ColumnVector> columns, int size) implements ColumnarBatch {
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
