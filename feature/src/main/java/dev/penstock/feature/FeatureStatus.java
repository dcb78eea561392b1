package dev.penstock.feature;

/** What is to be said of a feature's value besides the value; a function of visible rows only. */
public enum FeatureStatus {
  /** There is a value. */
  PRESENT(0),
  /** The key has rows, but the window has none to make a value of. */
  NULL_VALUE(1),
  /** No visible row of the key within the view's retention: counts are 0, the rest is null. */
  NOT_FOUND(2),
  /** The key's newest visible row is older than the view's max age: every value is withheld. */
  OUTSIDE_MAX_AGE(3),
  /** The value would need rows that were trimmed away: withheld. */
  UNCOVERED(4),
  /** The value is out of the range of its type: withheld. */
  ERROR(5);

  private static final FeatureStatus[] BY_CODE = values();

  private final byte code;

  FeatureStatus(int code) {
    this.code = (byte) code;
  }

  /** The number that stands for it in a {@link FeatureColumn} and on the wire. */
  public byte code() {
    return code;
  }

  public static FeatureStatus ofCode(byte code) {
    return BY_CODE[code];
  }
}
