package dev.penstock.source;

/** Where the id of a row comes from. */
public sealed interface RowId {
  /**
   * The id is made: {@code file#row} for a row of a file, rows counted from 0. A pushed row may
   * bring one in a column named {@code _id}, so that pushing a file's rows again, or pushing what
   * is also a file, is noticed; without it the row's position names it, and a push that is repeated
   * counts twice.
   */
  record Made() implements RowId {}

  /** The value of this column, written as text; a row without is refused. */
  record FromColumn(String column) implements RowId {}

  RowId MADE = new Made();
}
