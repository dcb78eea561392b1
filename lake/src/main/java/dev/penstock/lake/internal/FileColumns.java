package dev.penstock.lake.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.format.FieldIds;
import dev.penstock.format.ParquetScan;
import dev.penstock.lake.internal.PlannedFiles.Planned;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table in one of its files: found by id, by the table's name mapping in files
 * without ids, and where the file lacks one, its partition's value, the column's default, or null.
 * Source: the Iceberg table specification, "Column projection".
 */
final class FileColumns {
  private final ParquetScan scan;

  /** By name of column: the value that all rows of the file have. */
  private final Map<String, Object> constants = new HashMap<>();

  private FileColumns(ParquetScan scan) {
    this.scan = scan;
  }

  static FileColumns of(Table table, Planned planned, Schema needed, FieldIds ids) {
    ParquetScan scan = ParquetScan.of(planned.path());
    if (!scan.hasFieldIds()) {
      scan = scan.withFieldIds(mapped(table, planned, scan));
    }
    FileColumns columns = new FileColumns(scan);
    for (int i = 0; i < needed.size(); i++) {
      int id = ids.columns().get(i);
      Object value = scan.has(id) ? null : constant(table, planned, id);
      if (value != null) {
        columns.constants.put(needed.field(i).name(), value);
      }
    }
    return columns;
  }

  private static Map<String, Integer> mapped(Table table, Planned planned, ParquetScan scan) {
    String json = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    if (json == null) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          planned.path()
              + " has no field ids, and table '"
              + table.name()
              + "' does not say by which names its columns are found",
          "set its property " + TableProperties.DEFAULT_NAME_MAPPING);
    }
    NameMapping mapping = NameMappingParser.fromJson(json);
    Map<String, Integer> ids = new HashMap<>();
    for (String column : scan.fileColumns()) {
      MappedField field = mapping.find(List.of(column.split("\\.")));
      if (field != null && field.id() != null) {
        ids.put(column, field.id());
      }
    }
    return ids;
  }

  /** What a column that the file lacks holds in every row; null for nulls. */
  private static @Nullable Object constant(Table table, Planned planned, int id) {
    PartitionSpec spec = requireNonNull(table.specs().get(planned.file().specId()));
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      if (field.sourceId() == id && field.transform().isIdentity()) {
        return planned.file().partition().get(i, Object.class);
      }
    }
    Types.NestedField field = table.schema().findField(id);
    Literal<?> value = field == null ? null : field.initialDefaultLiteral();
    return value == null ? null : value.value();
  }

  /** What may be read of the file as it stands there. */
  ParquetScan scan() {
    return scan;
  }

  boolean isConstant(String column) {
    return constants.containsKey(column);
  }

  /** The batch with the constants where the file had nothing. */
  Batch complete(Batch batch) {
    if (constants.isEmpty()) {
      return batch;
    }
    List<Column> columns = new ArrayList<>(batch.columns());
    constants.forEach(
        (name, value) -> {
          int index = batch.schema().indexOf(name);
          columns.set(index, repeated(batch.schema().field(index).type(), value, batch.rows()));
        });
    return new Batch(batch.schema(), columns);
  }

  private static Column repeated(Type type, Object value, int rows) {
    Object ours =
        value instanceof ByteBuffer bytes
            ? bytes(bytes)
            : value instanceof CharSequence text ? text.toString() : value;
    ColumnBuilder column = ColumnBuilder.of(type, rows);
    for (int row = 0; row < rows; row++) {
      column.append(ours);
    }
    return column.build();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
