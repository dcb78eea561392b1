package dev.penstock.quality;

/**
 * The rows of a column by what stands in them. The kinds do not overlap, but that zeros, empties
 * and trues are values too.
 *
 * @param rows all rows, nulls included
 * @param nans NaN, which is not null; for vectors, those with a NaN in them
 * @param zeros numbers that are 0, -0.0 included
 * @param empties strings, binary values and vectors of length 0
 * @param trues of a boolean column
 */
public record Counts(
    long rows,
    long nulls,
    long nans,
    long positiveInfinities,
    long negativeInfinities,
    long zeros,
    long empties,
    long trues) {
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

  public Counts merge(Counts other) {
    return new Counts(
        Math.addExact(rows, other.rows),
        nulls + other.nulls,
        nans + other.nans,
        positiveInfinities + other.positiveInfinities,
        negativeInfinities + other.negativeInfinities,
        zeros + other.zeros,
        empties + other.empties,
        trues + other.trues);
  }
}
