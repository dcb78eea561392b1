package dev.penstock.feature;

import dev.penstock.data.Type;

/** One named number (or string, or vector) of a view: {@code delay_3h}. */
public record Feature(String name, Aggregate aggregate, Window window) {
  public Feature {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a feature needs a name");
    }
  }

  public Type type() {
    return aggregate.resultType();
  }

  /** The canonical text: {@code delay_3h = mean(delay) over 3h}. */
  public String text() {
    return name + " = " + aggregate.text() + " over " + window.text();
  }
}
