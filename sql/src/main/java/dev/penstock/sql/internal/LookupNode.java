package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Type;

/**
 * {@code lookup(table, key, column)}: the column's value in the row with that key, or null.
 *
 * @param found the column, with one null after its last row for keys that are not there
 */
record LookupNode(Node key, KeyIndex index, Column found) implements Node {
  static LookupNode of(Node key, KeyIndex index, Column column) {
    ColumnBuilder builder = ColumnBuilder.of(column.type(), column.size() + 1);
    builder.appendAll(Values.canonical(column));
    builder.appendNull();
    return new LookupNode(key, index, builder.build());
  }

  @Override
  public Type type() {
    return found.type();
  }

  @Override
  public Column evaluate(Batch batch) {
    int[] rows = index.rows(key.evaluate(batch));
    int missing = found.size() - 1;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = rows[i] == KeyIndex.MISSING ? missing : rows[i];
    }
    return found.gather(rows);
  }
}
