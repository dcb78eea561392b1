package dev.penstock.lake.internal;

import dev.penstock.data.Column;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a row has in some columns, as a value that equals another's: nulls are equal. */
public final class KeyValues {
  private KeyValues() {}

  public static List<@Nullable Object> of(List<Column> columns, int row) {
    @Nullable Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = columns.get(i).value(row);
      values[i] = value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }
    return Arrays.asList(values);
  }
}
