package dev.penstock.platform.definition;

import dev.penstock.data.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training set: each row of the spine asks for the service's features at its event time, and is
 * joined to its label.
 *
 * @param spine a source or row-wise transform
 * @param where which rows of the spine ask; null: all
 */
public record DatasetDefinition(
    About about,
    Written spine,
    @Nullable Written where,
    Label label,
    Written features,
    Mode mode,
    List<Split> splits,
    List<CheckLine> checks)
    implements Definition {
  public DatasetDefinition {
    splits = List.copyOf(splits);
    checks = List.copyOf(checks);
  }

  /** Which rows are visible to the features of a spine row. */
  public enum Mode {
    /** Those seen before it asks. */
    AS_SEEN,
    /** Those that had happened, seen or not. */
    AS_HAPPENED
  }

  /**
   * What is to be predicted.
   *
   * @param from a source or row-wise transform
   * @param value an expression over the rows of {@code from}
   * @param join columns of the same name in both; empty: the rows' ids
   */
  public record Label(Written name, Written from, Written value, List<Written> join) {
    public Label {
      join = List.copyOf(join);
    }
  }

  /**
   * The spine rows with event time in {@code [from, to)}, in microseconds UTC.
   *
   * @param cutMicros a label counts only if it was seen before this; the end by default
   */
  public record Split(String name, long fromMicros, long toMicros, long cutMicros, Place place) {}

  @Override
  public Kind kind() {
    return Kind.DATASET;
  }
}
