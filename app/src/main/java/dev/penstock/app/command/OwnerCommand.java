package dev.penstock.app.command;

import dev.penstock.app.owner.ProjectLock;
import dev.penstock.platform.command.Operations;

/** A command that needs the project for itself as long as it runs. */
public interface OwnerCommand {
  /** Gives the exit code. */
  int run(Operations project, ProjectLock lock, Call call);
}
