package dev.penstock.training;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;

/**
 * A named part of a dataset: the rows with {@code event_time} in {@code [from, to)}. A label counts
 * when its {@code seen_time} lies before the {@code cut} (design rule 16). All times are
 * microseconds UTC.
 */
public record Split(String name, long from, long to, long cut) {
  public Split {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          "'" + name + "' is no name for a split",
          "use small letters, digits and underscores, starting with a letter");
    }
    if (from >= to) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          "the split '" + name + "' ends where it starts, or before",
          "'to' is exclusive and must be later than 'from'");
    }
  }

  /** The split whose labels are cut off where it ends, which is the default. */
  public static Split of(String name, long from, long to) {
    return new Split(name, from, to, to);
  }

  public boolean contains(long eventTime) {
    return from <= eventTime && eventTime < to;
  }
}
