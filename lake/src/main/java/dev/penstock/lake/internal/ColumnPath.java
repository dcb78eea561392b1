package dev.penstock.lake.internal;

import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Where a column is. A dot is the way into a struct, or a character of the name: tables of rows
 * that came as JSON have columns like {@code payment.amount} at their top.
 *
 * @param struct the path of the struct that the column is in; null at the top
 * @param name its name in there
 */
public record ColumnPath(@Nullable String struct, String name) {

  /** The place of a column that is there; at the top if there is none. */
  public static ColumnPath of(Schema schema, String path) {
    Types.NestedField field = schema.findField(path);
    Map<Integer, Integer> parents = TypeUtil.indexParents(schema.asStruct());
    Integer parent = field == null ? null : parents.get(field.fieldId());
    return parent == null
        ? new ColumnPath(null, path)
        : new ColumnPath(schema.findColumnName(parent), field.name());
  }

  /** The place of a column to come: in the innermost struct that its path leads to. */
  public static ColumnPath ofNew(Schema schema, String path) {
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      Types.NestedField field = schema.findField(path.substring(0, dot));
      if (field != null && field.type().isStructType()) {
        return new ColumnPath(path.substring(0, dot), path.substring(dot + 1));
      }
    }
    return new ColumnPath(null, path);
  }

  /** The same place under another name, which is given as a path, too. */
  public ColumnPath sibling(String path) {
    if (struct == null) {
      return new ColumnPath(null, path);
    }
    if (!path.startsWith(struct + ".")) {
      throw new IllegalArgumentException(
          "'" + struct + "." + name + "' cannot become '" + path + "', outside of its struct");
    }
    return new ColumnPath(struct, path.substring(struct.length() + 1));
  }
}
