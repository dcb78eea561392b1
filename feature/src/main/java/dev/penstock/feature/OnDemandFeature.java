package dev.penstock.feature;

import dev.penstock.data.Expression;

/** A feature computed when it is asked for, from the request and from stored features. */
public record OnDemandFeature(String name, Expression expression) {
  public OnDemandFeature {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a feature needs a name");
    }
  }

  /** The canonical text: {@code hour = extract(hour from date)}. */
  public String text() {
    return name + " = " + expression.text();
  }
}
