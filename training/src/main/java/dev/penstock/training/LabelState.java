package dev.penstock.training;

/** Whether a row of the spine takes part in a dataset, by what is known of its label. */
public enum LabelState {
  /** It has a label, and the label was known before the split's cut. */
  COUNTED,
  /** Its label became known only at the cut or later. Never taken for a negative. */
  IMMATURE,
  /** No label came at all. Never taken for a negative. */
  MISSING,
  /** A label came, and it is null. */
  NULL_VALUE,
  /** Its event time lies in no split. */
  NO_SPLIT
}
