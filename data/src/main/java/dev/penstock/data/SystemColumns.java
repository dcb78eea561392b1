package dev.penstock.data;

import java.util.List;
import java.util.stream.Stream;

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

  /**
   * The row's id, unique within its source but that a retraction has the id of the change that
   * makes it: {@link Scalar#STRING}, never null.
   */
  public static final String ID = "_id";

  public static final List<Field> FIELDS =
      List.of(
          Field.required(EVENT_TIME, Scalar.TIMESTAMP),
          Field.required(SEEN_TIME, Scalar.TIMESTAMP),
          Field.required(PARTITION, Scalar.INT32),
          Field.required(OFFSET, Scalar.INT64),
          Field.required(ID, Scalar.STRING));

  /**
   * Of a source whose rows may be taken back, the partition of the row that this row retracts:
   * {@link Scalar#INT32}, null where the row is no retraction.
   */
  public static final String RETRACTS_PARTITION = "_retracts_partition";

  /** The offset of that row: {@link Scalar#INT64}, null where the row is no retraction. */
  public static final String RETRACTS_OFFSET = "_retracts_offset";

  /** What the rows of such a source have besides {@link #FIELDS}. */
  public static final List<Field> RETRACTION_FIELDS =
      List.of(Field.of(RETRACTS_PARTITION, Scalar.INT32), Field.of(RETRACTS_OFFSET, Scalar.INT64));

  private SystemColumns() {}

  public static boolean contains(String name) {
    return Stream.concat(FIELDS.stream(), RETRACTION_FIELDS.stream())
        .anyMatch(field -> field.name().equals(name));
  }
}
