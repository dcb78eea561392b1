package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.data.Type;
import dev.penstock.feature.DerivedLog;
import dev.penstock.feature.FeatureView;
import java.util.ArrayList;
import java.util.List;

/** Puts rows of a view's derived log together. */
final class DerivedRows {
  private DerivedRows() {}

  /** The columns of a view's input that its derived log takes over, of those that there are. */
  static List<String> taken(FeatureView view, Schema input) {
    List<String> names = new ArrayList<>(view.keyColumns().stream().distinct().toList());
    SystemColumns.FIELDS.stream()
        .map(Field::name)
        .filter(name -> input.contains(name) && !names.contains(name))
        .forEach(names::add);
    return names;
  }

  /**
   * Rows of the derived log.
   *
   * @param rows the view's rows that they come of: the columns {@link #taken}
   * @param values of the features, in the view's order
   */
  static Batch of(FeatureView view, Batch rows, List<Column> values) {
    Schema schema = DerivedLog.schema(view);
    List<Column> columns = new ArrayList<>();
    for (int key = 0; key < view.keyColumns().size(); key++) {
      columns.add(typed(schema.field(key).type(), rows.column(view.keyColumns().get(key))));
    }
    columns.addAll(values);
    List<Field> system =
        SystemColumns.FIELDS.stream()
            .filter(field -> rows.schema().contains(field.name()))
            .toList();
    system.forEach(field -> columns.add(rows.column(field.name())));
    return new Batch(schema.with(system), columns);
  }

  /** A whole number is one key in either width. */
  private static Column typed(Type type, Column column) {
    if (column.type().equals(type)) {
      return column;
    }
    ColumnBuilder builder = ColumnBuilder.of(type, column.size());
    for (int row = 0; row < column.size(); row++) {
      builder.append(column.value(row));
    }
    return builder.build();
  }
}
