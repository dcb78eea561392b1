package dev.penstock.source;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.source.internal.Casts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes raw rows of values as a JSON parser gives them: strings, numbers, booleans, lists, nulls. A
 * value that is none of its column's type is kept aside as written, and acceptance quarantines its
 * row alone.
 */
public final class PushedRows {
  private PushedRows() {}

  /** Rows given column by column. A declared column that is not there is null in every row. */
  public static RawRows ofColumns(SourceSpec source, Map<String, ? extends List<?>> columns) {
    int rows = columns.values().stream().mapToInt(List::size).max().orElse(0);
    List<Field> fields = new ArrayList<>();
    List<Column> read = new ArrayList<>();
    List<RawRows.UnreadableCell> unreadable = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(source.columns().names());
    names.addAll(columns.keySet());
    for (String name : names) {
      Type type = type(source, name);
      if (type == null) {
        continue;
      }
      List<?> values = columns.get(name);
      if (values != null && values.size() != rows) {
        throw new PenstockException(
            ErrorCode.USAGE,
            "column '" + name + "' has " + values.size() + " values, others have " + rows,
            "give every column one value per row");
      }
      ColumnBuilder builder = ColumnBuilder.of(type, rows);
      for (int row = 0; row < rows; row++) {
        Object value = values == null ? null : values.get(row);
        Object cast =
            value == null
                ? null
                : name.equals(RawRows.ID) ? value.toString() : Casts.cast(value, type);
        if (value != null && cast == null) {
          unreadable.add(new RawRows.UnreadableCell(row, name, value.toString()));
        }
        builder.append(cast);
      }
      fields.add(Field.of(name, type));
      read.add(builder.build());
    }
    return new RawRows(
        new Batch(new Schema(fields), read),
        new RowOrigin.OfPush(),
        unreadable,
        OptionalLong.empty());
  }

  /** Rows given one by one. A declared column that a row does not name is null there. */
  public static RawRows ofRows(SourceSpec source, List<? extends Map<String, ?>> rows) {
    Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    source.columns().names().forEach(name -> columns.put(name, new ArrayList<>(rows.size())));
    for (int row = 0; row < rows.size(); row++) {
      for (String name : rows.get(row).keySet()) {
        if (!columns.containsKey(name)) {
          List<@Nullable Object> late = new ArrayList<>(rows.size());
          for (int before = 0; before < row; before++) {
            late.add(null);
          }
          columns.put(name, late);
        }
      }
      for (Map.Entry<String, List<@Nullable Object>> column : columns.entrySet()) {
        column.getValue().add(rows.get(row).get(column.getKey()));
      }
    }
    return ofColumns(source, columns);
  }

  /** The type a pushed column is read as; null when the source ignores it. */
  private static @Nullable Type type(SourceSpec source, String name) {
    int index = source.columns().indexOf(name);
    if (index >= 0) {
      return source.columns().field(index).type();
    } else if (name.equals(RawRows.ID)) {
      return Scalar.STRING;
    } else if (name.equals(RawRows.SEEN_TIME)) {
      return Scalar.TIMESTAMP;
    } else if (source.extraColumns() == ExtraColumns.IGNORE) {
      return null;
    }
    throw new PenstockException(
        ErrorCode.SCHEMA_INCOMPATIBLE,
        "source '" + source.name() + "': column '" + name + "' is not declared",
        Suggestion.among(name, source.columns().names()));
  }
}
