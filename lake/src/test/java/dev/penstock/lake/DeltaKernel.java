package dev.penstock.lake;

import io.delta.kernel.Scan;
import io.delta.kernel.ScanBuilder;
import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;

/** Delta tables as Delta Kernel's own engine reads them, Hadoop, Parquet and all. */
public final class DeltaKernel {
  private static final Engine ENGINE = DefaultEngine.create(new Configuration());

  private DeltaKernel() {}

  /** The table's columns by name and type. */
  public static List<String> columns(Path table) {
    return snapshot(table, OptionalLong.empty()).getSchema().fields().stream()
        .map(field -> field.getName() + " " + field.getDataType())
        .toList();
  }

  /** The rows of the last version, each value as text. */
  public static List<List<String>> rows(Path table) {
    return rows(table, OptionalLong.empty(), Optional.empty());
  }

  public static List<List<String>> rows(Path table, long version) {
    return rows(table, OptionalLong.of(version), Optional.empty());
  }

  /** The rows of the files that may hold rows for which the predicate is true. */
  public static List<List<String>> rows(Path table, Predicate predicate) {
    return rows(table, OptionalLong.empty(), Optional.of(predicate));
  }

  private static Snapshot snapshot(Path table, OptionalLong version) {
    SnapshotBuilder builder = TableManager.loadSnapshot(table.toString());
    if (version.isPresent()) {
      builder = builder.atVersion(version.getAsLong());
    }
    return builder.build(ENGINE);
  }

  private static List<List<String>> rows(
      Path table, OptionalLong version, Optional<Predicate> predicate) {
    ScanBuilder builder = snapshot(table, version).getScanBuilder();
    if (predicate.isPresent()) {
      builder = builder.withFilter(predicate.get());
    }
    Scan scan = builder.build();
    List<List<String>> rows = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(ENGINE)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> files = batches.next().getRows()) {
          while (files.hasNext()) {
            add(scan.getScanState(ENGINE), files.next(), rows);
          }
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return rows;
  }

  private static void add(Row state, Row file, List<List<String>> to) throws IOException {
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
    var read =
        ENGINE
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                physical,
                Optional.empty())
            .map(result -> result.getData());
    try (CloseableIterator<FilteredColumnarBatch> batches =
        Scan.transformPhysicalData(ENGINE, state, file, read)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            to.add(values(rows.next()));
          }
        }
      }
    }
  }

  private static List<String> values(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.getSchema().length(); i++) {
      values.add(row.isNullAt(i) ? "null" : value(row, i, row.getSchema().at(i).getDataType()));
    }
    return values;
  }

  private static String value(Row row, int i, DataType type) {
    if (type instanceof BooleanType) {
      return String.valueOf(row.getBoolean(i));
    } else if (type instanceof IntegerType || type instanceof DateType) {
      return String.valueOf(row.getInt(i));
    } else if (type instanceof FloatType) {
      return String.valueOf(row.getFloat(i));
    } else if (type instanceof DoubleType) {
      return String.valueOf(row.getDouble(i));
    } else if (type instanceof StringType) {
      return row.getString(i);
    } else if (type instanceof BinaryType) {
      return HexFormat.of().formatHex(row.getBinary(i));
    } else if (type instanceof DecimalType) {
      return row.getDecimal(i).toPlainString();
    } else if (type instanceof ArrayType) {
      return VectorUtils.toJavaList(row.getArray(i)).toString();
    }
    return String.valueOf(row.getLong(i));
  }
}
