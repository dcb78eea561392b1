package dev.penstock.lake.delta;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Delta table; what is inside a struct is a column of its own.
 *
 * @param name its name now, in a struct its path
 * @param inFile its name in data files, where column mapping gives it another
 * @param id its field id in data files by column mapping, or -1
 * @param type null if it is of a type we do not read
 */
record DeltaColumn(
    String name, String inFile, int id, @Nullable Type type, boolean nullable, boolean partition) {
  static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";
  static final String ID = "delta.columnMapping.id";

  /**
   * The columns of a table.
   *
   * @param partitions the names of those whose values are not in the files
   */
  static List<DeltaColumn> of(StructType schema, Set<String> partitions) {
    List<DeltaColumn> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      add(field, "", "", false, partitions.contains(field.getName()), columns);
    }
    return columns;
  }

  private static void add(
      StructField field,
      String before,
      String beforeInFile,
      boolean optionalGroup,
      boolean partition,
      List<DeltaColumn> to) {
    String physical =
        field.getMetadata().contains(PHYSICAL_NAME)
            ? field.getMetadata().getString(PHYSICAL_NAME)
            : field.getName();
    String name = before + field.getName();
    boolean nullable = optionalGroup || field.isNullable();
    if (field.getDataType() instanceof StructType inner) {
      for (StructField child : inner.fields()) {
        add(child, name + ".", beforeInFile + physical + ".", nullable, false, to);
      }
      return;
    }
    int id =
        field.getMetadata().contains(ID) ? Math.toIntExact(field.getMetadata().getLong(ID)) : -1;
    Type type = type(field.getDataType());
    to.add(new DeltaColumn(name, beforeInFile + physical, id, type, nullable, partition));
  }

  private static @Nullable Type type(DataType type) {
    if (type instanceof BooleanType) {
      return Scalar.BOOLEAN;
    } else if (type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType) {
      return Scalar.INT32;
    } else if (type instanceof LongType) {
      return Scalar.INT64;
    } else if (type instanceof FloatType) {
      return Scalar.FLOAT32;
    } else if (type instanceof DoubleType) {
      return Scalar.FLOAT64;
    } else if (type instanceof StringType) {
      return Scalar.STRING;
    } else if (type instanceof BinaryType) {
      return Scalar.BINARY;
    } else if (type instanceof DateType) {
      return Scalar.DATE;
    } else if (type instanceof TimestampType) {
      return Scalar.TIMESTAMP;
    } else if (type instanceof TimestampNTZType) {
      return Scalar.LOCAL_TIMESTAMP;
    } else if (type instanceof DecimalType decimal) {
      return new Type.Decimal(decimal.getPrecision(), decimal.getScale());
    }
    return type instanceof ArrayType list && isNumber(list.getElementType())
        ? new Type.Vector(0)
        : null;
  }

  private static boolean isNumber(DataType type) {
    return type instanceof FloatType
        || type instanceof DoubleType
        || type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType;
  }
}
