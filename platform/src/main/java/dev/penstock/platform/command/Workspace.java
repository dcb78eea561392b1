package dev.penstock.platform.command;

import java.nio.file.Path;

/** Which project, in which of its environments. The folder is absolute. */
public record Workspace(Path folder, String environment) {
  public static final String LOCAL = "local";

  public Workspace {
    if (!folder.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + folder);
    }
  }

  /** Where the project keeps its state, its lock among it. */
  public Path state() {
    return folder.resolve(".penstock");
  }
}
