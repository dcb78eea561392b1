package dev.penstock.source;

/** Who says what time it is. Part of every served answer. */
public enum ClockMode {
  /** The machine's clock, made never to step back. */
  WALL,
  /** Each push brings its seen time and each read its moment; neither may go back. */
  REPLAY
}
