package dev.penstock.source;

/** What becomes of a column that the source does not declare. */
public enum ExtraColumns {
  /** The file or push is refused and names it. */
  REFUSE,
  IGNORE
}
