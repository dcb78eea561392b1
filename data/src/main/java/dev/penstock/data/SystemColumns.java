package dev.penstock.data;

import java.util.List;

/**
 * The columns acceptance adds to a source's own: when a row happened, when it became known, its
 * position (the truth about the order of acceptance) and its id.
 */
public final class SystemColumns {
  /** When it happened: {@link Scalar#TIMESTAMP}, never null. */
  public static final String EVENT_TIME = "_event_time";

  /** When it became known: {@link Scalar#TIMESTAMP}, never null. */
  public static final String SEEN_TIME = "_seen_time";

  /** The origin's partition: {@link Scalar#INT32}, never null. */
  public static final String PARTITION = "_partition";

  /** The place within the partition, dense from 0: {@link Scalar#INT64}, never null. */
  public static final String OFFSET = "_offset";

  /** The row's id, unique within its source: {@link Scalar#STRING}, never null. */
  public static final String ID = "_id";

  public static final List<Field> FIELDS =
      List.of(
          Field.required(EVENT_TIME, Scalar.TIMESTAMP),
          Field.required(SEEN_TIME, Scalar.TIMESTAMP),
          Field.required(PARTITION, Scalar.INT32),
          Field.required(OFFSET, Scalar.INT64),
          Field.required(ID, Scalar.STRING));

  private SystemColumns() {}

  public static boolean contains(String name) {
    return FIELDS.stream().anyMatch(field -> field.name().equals(name));
  }
}
