package dev.penstock.platform.command;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Opens projects. {@code app} finds the one there is with {@link java.util.ServiceLoader}. The
 * caller holds the project's lock from before {@link #open} until after {@link Operations#close}.
 */
public interface Opener {
  /**
   * Opens the project for one command, or for as long as a server runs. Loads no definition yet: a
   * project whose files have errors opens, and the first operation that needs them says so.
   */
  Operations open(Workspace workspace, InstantSource wallClock);

  /** Makes a new project in that folder, with a draft of a source for each sample file. */
  Answer init(Path folder, List<Path> samples);
}
