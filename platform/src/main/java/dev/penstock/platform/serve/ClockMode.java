package dev.penstock.platform.serve;

import java.util.Locale;

/** Where a server's time comes from; it stands in every response. */
public enum ClockMode {
  /** The machine's clock. */
  WALL,
  /** Seen time from the push, {@code q} from the request: for replays, on loopback only. */
  REPLAY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
