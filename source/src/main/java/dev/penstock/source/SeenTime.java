package dev.penstock.source;

import dev.penstock.data.Span;

/** When a row of history became known. A pushed row became known when it was accepted. */
public sealed interface SeenTime {
  /** So long after it happened. */
  record Lag(Span lag) implements SeenTime {}

  /** At the time in this column of the source, a {@code timestamp}; a row without is refused. */
  record Arrival(String column) implements SeenTime {}
}
