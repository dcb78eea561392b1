package dev.penstock.source;

/** Why a row was not accepted, by a name that scripts may rely on. */
public enum QuarantineReason {
  /** The row could not be read from its file at all. */
  UNREADABLE_ROW,
  /** A value that cannot be cast to its column's type. */
  WRONG_TYPE,
  /** Nothing in a column that is {@code not null}. */
  NULL_VALUE,
  /** No id in the id column. */
  NULL_ID,
  /** A row rule that is false or null. */
  RULE_FAILED,
  /** The event time, or one that a transform gives the row, is null. */
  NULL_EVENT_TIME,
  /** The event time, or one that a transform gives the row, lies in the future. */
  FUTURE_EVENT_TIME,
  /** The arrival column of a row of history is null. */
  NULL_SEEN_TIME,
  /** The id of an earlier row with other content. */
  ID_REUSED,
  /** Nothing in a column of the primary key. */
  NULL_PRIMARY_KEY,
  /** What is done to the row with the key is none of what the source declares. */
  UNKNOWN_OPERATION,
  /** A deletion of a primary key that has no row. */
  NO_ROW_TO_RETRACT
}
