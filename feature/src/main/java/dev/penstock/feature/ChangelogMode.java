package dev.penstock.feature;

/** What may become of a row of a view's input. */
public enum ChangelogMode {
  /** It stays. */
  INSERT_ONLY,
  /**
   * A retraction may take it back: a row with the same values and event time that names the row's
   * position, see {@link dev.penstock.data.SystemColumns#RETRACTION_FIELDS}.
   */
  RETRACT
}
