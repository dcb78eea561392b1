package dev.penstock.lake;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Type;
import dev.penstock.lake.internal.ColumnPath;
import dev.penstock.lake.internal.Failures;
import dev.penstock.lake.internal.IcebergSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.ValidationException;

/** Changes of a table's columns: refine, then {@link #commit}. Immutable. */
public final class TableChange {
  private final LakeTable table;
  private final List<BiConsumer<UpdateSchema, Schema>> schema;
  private final List<Consumer<UpdateProperties>> properties;

  TableChange(LakeTable table) {
    this(table, List.of(), List.of());
  }

  private TableChange(
      LakeTable table,
      List<BiConsumer<UpdateSchema, Schema>> schema,
      List<Consumer<UpdateProperties>> properties) {
    this.table = table;
    this.schema = List.copyOf(schema);
    this.properties = List.copyOf(properties);
  }

  /**
   * A column more, which must be nullable: rows that are there have null in it. A path ({@code
   * address.zip}) whose beginning is a struct of the table adds a field to that struct; any other
   * name is a column of its own, with the dots in it.
   */
  public TableChange add(Field field) {
    if (!field.nullable()) {
      throw incompatible(
          "column '" + field.name() + "' cannot be added as not null",
          "rows that are there have no value in it",
          null);
    }
    int[] next = {1_000};
    return with(
        (update, now) -> {
          ColumnPath path = ColumnPath.ofNew(now, field.name());
          update.addColumn(
              path.struct(),
              path.name(),
              IcebergSchemas.type(field.type(), () -> ++next[0]),
              IcebergSchemas.doc(field.type()));
        });
  }

  /**
   * Another name for a column. One inside a struct is given by its path before and after, and stays
   * in its struct.
   */
  public TableChange rename(String from, String to) {
    return with(
        (update, now) -> update.renameColumn(from, ColumnPath.of(now, from).sibling(to).name()));
  }

  /** Puts a column before all others of its struct, or of the table. Files stay as they are. */
  public TableChange moveFirst(String column) {
    return with((update, now) -> update.moveFirst(column));
  }

  /** Puts a column behind another one of the same struct, or of the table. */
  public TableChange moveAfter(String column, String other) {
    return with((update, now) -> update.moveAfter(column, other));
  }

  /** int32 to int64, float32 to float64, a decimal to more digits. */
  public TableChange widen(String column, Type type) {
    return with(
        (update, now) ->
            update.updateColumn(column, IcebergSchemas.type(type, () -> 0).asPrimitiveType()));
  }

  public TableChange makeNullable(String column) {
    return with((update, now) -> update.makeColumnOptional(column));
  }

  public TableChange drop(String column) {
    return with((update, now) -> update.deleteColumn(column));
  }

  /** Sets a property of the table itself. */
  public TableChange property(String key, String value) {
    List<Consumer<UpdateProperties>> more = new ArrayList<>(properties);
    more.add(update -> update.set(key, value));
    return new TableChange(table, schema, more);
  }

  private TableChange with(BiConsumer<UpdateSchema, Schema> change) {
    List<BiConsumer<UpdateSchema, Schema>> more = new ArrayList<>(schema);
    more.add(change);
    return new TableChange(table, more, properties);
  }

  /**
   * Makes all of the changes, or none.
   *
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE}
   */
  public void commit() {
    synchronized (table) {
      Transaction transaction = table.fresh().newTransaction();
      try {
        if (!schema.isEmpty()) {
          UpdateSchema update = transaction.updateSchema();
          Schema now = transaction.table().schema();
          schema.forEach(change -> change.accept(update, now));
          update.commit();
        }
        if (!properties.isEmpty()) {
          UpdateProperties update = transaction.updateProperties();
          properties.forEach(change -> change.accept(update));
          update.commit();
        }
      } catch (IllegalArgumentException | ValidationException e) {
        throw incompatible(
            "table '" + table.name() + "' cannot be changed so: " + e.getMessage(), "", e);
      }
      Failures.committing(table.name(), transaction::commitTransaction);
    }
  }

  private static PenstockException incompatible(
      String what, String hint, @org.jspecify.annotations.Nullable Throwable cause) {
    return new PenstockException(ErrorCode.SCHEMA_INCOMPATIBLE, null, what, hint, cause);
  }
}
