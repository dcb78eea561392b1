package dev.penstock.data;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns: one {@link Column} per field of the schema, all of one length. */
public final class Batch {
  private final Schema schema;
  private final List<Column> columns;
  private final int rows;

  public Batch(Schema schema, List<? extends Column> columns) {
    if (schema.size() != columns.size()) {
      throw new IllegalArgumentException(schema.size() + " fields, " + columns.size() + " columns");
    }
    this.schema = schema;
    this.columns = List.copyOf(columns);
    this.rows = columns.isEmpty() ? 0 : columns.get(0).size();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).size() != rows || !columns.get(i).type().equals(schema.field(i).type())) {
        throw new IllegalArgumentException(
            "column "
                + schema.field(i)
                + " is "
                + columns.get(i).type()
                + " of "
                + columns.get(i).size()
                + " rows, the batch has "
                + rows);
      }
    }
  }

  public Schema schema() {
    return schema;
  }

  public int rows() {
    return rows;
  }

  public Column column(int index) {
    return columns.get(index);
  }

  /**
   * The column of that name.
   *
   * @throws PenstockException {@link ErrorCode#COLUMN_NOT_FOUND}
   */
  public Column column(String name) {
    return columns.get(schema.require(name));
  }

  public List<Column> columns() {
    return columns;
  }

  public Batch select(List<String> names) {
    return new Batch(schema.select(names), names.stream().map(this::column).toList());
  }

  /** This batch with more columns after its own. */
  public Batch with(List<Field> fields, List<? extends Column> more) {
    List<Column> all = new ArrayList<>(columns);
    all.addAll(more);
    return new Batch(schema.with(fields), all);
  }

  public Batch gather(int[] rows) {
    return new Batch(schema, columns.stream().map(column -> column.gather(rows)).toList());
  }

  public Batch slice(int from, int to) {
    return new Batch(schema, columns.stream().map(column -> column.slice(from, to)).toList());
  }

  public static Batch empty(Schema schema) {
    return new Batch(
        schema,
        schema.fields().stream().map(field -> ColumnBuilder.of(field.type(), 0).build()).toList());
  }

  /** All rows of these batches, which share one schema, in one batch. */
  public static Batch concat(Schema schema, List<Batch> batches) {
    if (batches.size() == 1) {
      return batches.get(0);
    }
    int rows = batches.stream().mapToInt(Batch::rows).reduce(0, Math::addExact);
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < schema.size(); c++) {
      ColumnBuilder builder = ColumnBuilder.of(schema.field(c).type(), rows);
      for (Batch batch : batches) {
        builder.appendAll(batch.column(c));
      }
      columns.add(builder.build());
    }
    return new Batch(schema, columns);
  }

  @Override
  public String toString() {
    return rows + " rows of " + schema;
  }
}
