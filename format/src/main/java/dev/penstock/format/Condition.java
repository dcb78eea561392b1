package dev.penstock.format;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A simple condition on one column. Values are those of {@link dev.penstock.data.Column#value}. A
 * null never meets one, nor does NaN. Several conditions together mean all of them.
 */
public sealed interface Condition {
  String column();

  /** The values {@code [from, to)}; null leaves that side open. */
  record Range(String column, @Nullable Object from, @Nullable Object to) implements Condition {}

  /** One of these values. */
  record In(String column, Set<Object> values) implements Condition {
    public In {
      values = Set.copyOf(values);
    }
  }

  static Condition equal(String column, Object value) {
    return new In(column, Set.of(value));
  }

  static Condition range(String column, Object from, Object to) {
    return new Range(column, from, to);
  }

  static Condition atLeast(String column, Object from) {
    return new Range(column, from, null);
  }

  static Condition below(String column, Object to) {
    return new Range(column, null, to);
  }
}
