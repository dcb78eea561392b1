package dev.penstock.app.command;

import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.Workspace;
import java.nio.file.Path;

/** A command that was understood and is about to run. */
public record Call(Invocation invocation, Workspace workspace, boolean json, Progress progress) {
  /** A path as the user wrote it, made absolute where the command was given. */
  public Path path(Path written) {
    return invocation.folder().resolve(written).normalize();
  }
}
