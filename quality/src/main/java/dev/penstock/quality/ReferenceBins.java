package dev.penstock.quality;

import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.List;

/**
 * How a column was distributed when the reference was taken, frozen: later columns are counted into
 * these bins and never change them. Numbers, dates and times are in bins between the reference's
 * deciles with ends at the infinities, so that no outlier can stretch them, and a value that holds
 * a tenth of the rows has a bin of its own; strings and booleans are in a bin per frequent
 * category, one for the rare ones and one for those the reference did not have. Nulls and NaN have
 * bins of their own. Immutable.
 */
public sealed interface ReferenceBins permits NumericBins, CategoricalBins {
  Type type();

  /** A name per bin. */
  List<String> labels();

  /** The reference's rows per bin. */
  List<Long> counts();

  /** How many of the first bins hold missing values: null, and NaN where the type has it. */
  int missingBins();

  /** The rows of a column per bin. */
  List<Long> count(Column column);

  /** The written form: keys in a fixed order. {@link #fromJson} reads it back. */
  default String toJson() {
    return BinsJson.write(this);
  }

  default long rows() {
    return Bins.sum(counts());
  }

  /**
   * Freezes the distribution of a column.
   *
   * @throws PenstockException {@link ErrorCode#UNSUPPORTED} for binary columns and vectors
   */
  static ReferenceBins of(Column reference) {
    Bins.requireBinned(reference.type());
    if (Bins.isCategorical(reference.type())) {
      return CategoricalBins.of(reference);
    }
    return NumericBins.of(reference);
  }

  /**
   * Reads the written form.
   *
   * @throws PenstockException {@link ErrorCode#FILE_CORRUPT} if this is none
   */
  static ReferenceBins fromJson(String json) {
    return BinsJson.read(json);
  }

  /** Whether columns of this type can be compared. */
  static boolean supports(Type type) {
    return type != Scalar.BINARY && !(type instanceof Type.Vector);
  }
}
