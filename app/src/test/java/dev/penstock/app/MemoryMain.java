package dev.penstock.app;

import dev.penstock.app.memory.MemoryOpener;
import java.util.List;

/** Penstock over a project in memory, as a process of its own. */
public final class MemoryMain {
  private MemoryMain() {}

  public static void main(String[] arguments) {
    System.exit(Main.run(new MemoryOpener(), List.of(arguments)));
  }
}
