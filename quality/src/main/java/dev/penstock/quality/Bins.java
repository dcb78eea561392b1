package dev.penstock.quality;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.List;

/** What both kinds of {@link ReferenceBins} rest on. */
final class Bins {
  private Bins() {}

  static boolean isCategorical(Type type) {
    return type == Scalar.STRING || type == Scalar.BOOLEAN;
  }

  /** The category of a row of a string or boolean column that is not null there. */
  static String category(Column column, int row) {
    return column instanceof BooleanColumn booleans
        ? Boolean.toString(booleans.values()[row])
        : String.valueOf(column.value(row));
  }

  static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  static void requireBinned(Type type) {
    if (!ReferenceBins.supports(type)) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          "the drift of a column of " + type + " is not measured",
          "leave it out, or derive a number from it");
    }
  }

  static void requireSame(Type reference, Column current) {
    if (!current.type().equals(reference)) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          "a column of " + current.type() + " is compared with a reference of " + reference,
          "take a new reference");
    }
  }
}
