package dev.penstock.platform.registry;

import java.util.Locale;

/** How far a run or one of its steps is. One that a crash interrupted stays {@code RUNNING}. */
public enum WorkState {
  RUNNING,
  DONE,
  FAILED;

  String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  static WorkState ofStored(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
