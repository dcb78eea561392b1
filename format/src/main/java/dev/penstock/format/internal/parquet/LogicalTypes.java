package dev.penstock.format.internal.parquet;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a Parquet leaf mean. Newer files say it by a logical type, older ones by a
 * converted type only.
 */
final class LogicalTypes {
  /** How values are decoded, and the type of what comes out. */
  record Reading(Decoding decoding, Type type) {}

  private static final int MOST_DIGITS = 38;
  private static final int DIGITS_OF_UNSIGNED_LONG = 20;

  private LogicalTypes() {}

  static boolean isList(SchemaElement element) {
    return element.isSetLogicalType()
        ? element.getLogicalType().isSetLIST()
        : element.getConverted_type() == ConvertedType.LIST;
  }

  /** Whether vectors are made of such values: floats and whole numbers of up to 64 bits. */
  static boolean isElement(SchemaElement element) {
    Reading reading = reading(element);
    return reading != null
        && switch (reading.decoding()) {
          case FLOAT, DOUBLE, UNSIGNED_INT -> true;
          case INT -> reading.type() == Scalar.INT32;
          case LONG -> reading.type() == Scalar.INT64;
          default -> false;
        };
  }

  /** Null if we do not read such values. */
  static @Nullable Reading reading(SchemaElement element) {
    return switch (element.getType()) {
      case BOOLEAN -> new Reading(Decoding.BOOLEAN, Scalar.BOOLEAN);
      case FLOAT -> new Reading(Decoding.FLOAT, Scalar.FLOAT32);
      case DOUBLE -> new Reading(Decoding.DOUBLE, Scalar.FLOAT64);
      case INT32 -> ofInt(element);
      case INT64 -> ofLong(element);
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> ofBytes(element);
      case INT96 -> new Reading(Decoding.INT96, Scalar.TIMESTAMP);
    };
  }

  private static @Nullable Reading ofInt(SchemaElement element) {
    if (element.isSetLogicalType()) {
      LogicalType logical = element.getLogicalType();
      if (logical.isSetDATE()) {
        return new Reading(Decoding.INT, Scalar.DATE);
      } else if (logical.isSetINTEGER()) {
        IntType integer = logical.getINTEGER();
        return integer.isIsSigned() || integer.getBitWidth() < Integer.SIZE
            ? new Reading(Decoding.INT, Scalar.INT32)
            : new Reading(Decoding.UNSIGNED_INT, Scalar.INT64);
      }
      return decimal(element, Decoding.DECIMAL_OF_INT);
    }
    if (!element.isSetConverted_type()) {
      return new Reading(Decoding.INT, Scalar.INT32);
    }
    return switch (element.getConverted_type()) {
      case INT_8, INT_16, INT_32, UINT_8, UINT_16 -> new Reading(Decoding.INT, Scalar.INT32);
      case UINT_32 -> new Reading(Decoding.UNSIGNED_INT, Scalar.INT64);
      case DATE -> new Reading(Decoding.INT, Scalar.DATE);
      default -> decimal(element, Decoding.DECIMAL_OF_INT);
    };
  }

  private static @Nullable Reading ofLong(SchemaElement element) {
    if (element.isSetLogicalType()) {
      LogicalType logical = element.getLogicalType();
      if (logical.isSetTIMESTAMP()) {
        return ofTime(logical.getTIMESTAMP());
      } else if (logical.isSetINTEGER()) {
        return logical.getINTEGER().isIsSigned()
            ? new Reading(Decoding.LONG, Scalar.INT64)
            : unsignedLong();
      }
      return decimal(element, Decoding.DECIMAL_OF_LONG);
    }
    if (!element.isSetConverted_type()) {
      return new Reading(Decoding.LONG, Scalar.INT64);
    }
    return switch (element.getConverted_type()) {
      case INT_64 -> new Reading(Decoding.LONG, Scalar.INT64);
      case UINT_64 -> unsignedLong();
      case TIMESTAMP_MILLIS -> new Reading(Decoding.MILLIS, Scalar.TIMESTAMP);
      case TIMESTAMP_MICROS -> new Reading(Decoding.LONG, Scalar.TIMESTAMP);
      default -> decimal(element, Decoding.DECIMAL_OF_LONG);
    };
  }

  private static Reading unsignedLong() {
    return new Reading(Decoding.UNSIGNED_LONG, new Type.Decimal(DIGITS_OF_UNSIGNED_LONG, 0));
  }

  private static Reading ofTime(TimestampType type) {
    Decoding decoding =
        type.getUnit().isSetMILLIS()
            ? Decoding.MILLIS
            : type.getUnit().isSetMICROS() ? Decoding.LONG : Decoding.NANOS;
    return new Reading(
        decoding, type.isIsAdjustedToUTC() ? Scalar.TIMESTAMP : Scalar.LOCAL_TIMESTAMP);
  }

  private static @Nullable Reading ofBytes(SchemaElement element) {
    if (element.isSetLogicalType()) {
      LogicalType logical = element.getLogicalType();
      if (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON()) {
        return new Reading(Decoding.STRING, Scalar.STRING);
      } else if (logical.isSetUUID()) {
        return new Reading(Decoding.UUID, Scalar.STRING);
      }
      return decimal(element, Decoding.DECIMAL_OF_BYTES);
    }
    if (!element.isSetConverted_type()) {
      return new Reading(Decoding.BINARY, Scalar.BINARY);
    }
    return switch (element.getConverted_type()) {
      case UTF8, ENUM, JSON -> new Reading(Decoding.STRING, Scalar.STRING);
      default -> decimal(element, Decoding.DECIMAL_OF_BYTES);
    };
  }

  private static @Nullable Reading decimal(SchemaElement element, Decoding decoding) {
    int precision;
    int scale;
    if (element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL()) {
      precision = element.getLogicalType().getDECIMAL().getPrecision();
      scale = element.getLogicalType().getDECIMAL().getScale();
    } else if (!element.isSetLogicalType()
        && element.getConverted_type() == ConvertedType.DECIMAL) {
      precision = element.getPrecision();
      scale = element.getScale();
    } else {
      return null;
    }
    return precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision
        ? null
        : new Reading(decoding, new Type.Decimal(precision, scale));
  }
}
