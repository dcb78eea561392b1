package dev.penstock.feature;

import dev.penstock.data.Span;

/**
 * Which of a key's visible rows a feature is made of, by their event time, as seen at a moment
 * {@code q}. The start is in, {@code q} is out.
 */
public sealed interface Window permits Window.Trailing, Window.Lifetime {
  /** The rows with event time in {@code [q - length, q)}, exact to the microsecond. */
  record Trailing(Span length) implements Window {
    public Trailing {
      if (length.micros() == 0) {
        throw new IllegalArgumentException("a window needs a length");
      }
    }

    @Override
    public String text() {
      return length.toString();
    }

    @Override
    public Span reach() {
      return length;
    }
  }

  /** All rows with event time before {@code q}. */
  record Lifetime() implements Window {
    @Override
    public String text() {
      return "lifetime";
    }

    @Override
    public Span reach() {
      return FeatureView.UNBOUNDED;
    }
  }

  Window LIFETIME = new Lifetime();

  static Window trailing(Span length) {
    return new Trailing(length);
  }

  /** The canonical text: {@code 1d} for {@code 24h}. */
  String text();

  /** How far before {@code q} the window may reach. */
  Span reach();
}
