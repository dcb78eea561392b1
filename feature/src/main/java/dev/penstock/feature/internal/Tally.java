package dev.penstock.feature.internal;

/** How often a value occurs. */
final class Tally {
  final Object value;
  long count;

  /** Where it stands in its {@link TallyHeap}. */
  int place;

  Tally(Object value, long count) {
    this.value = value;
    this.count = count;
  }

  /** Whether it comes before another: the more frequent first, of equally frequent the lesser. */
  boolean isBefore(Tally other) {
    return count != other.count ? count > other.count : Values.compare(value, other.value) < 0;
  }
}
