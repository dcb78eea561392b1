package dev.penstock.app.owner;

import dev.penstock.platform.command.Opener;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** How a command comes to its open project. */
public interface Projects {
  /**
   * Runs work on the project if this process owns it or may; hands it to the owner's server
   * otherwise. Gives the exit code.
   *
   * @throws dev.penstock.data.PenstockException {@code PROJECT_LOCKED} if the owner takes no
   *     commands
   */
  int run(Workspace workspace, String command, ToIntFunction<Operations> work, Forward forward);

  /** Runs work that needs the project for itself. */
  int own(Workspace workspace, String command, OwnerWork work);

  Opener opener();

  /** The address of the server within this process, if there is one. */
  @Nullable String server();

  /** Sends the command to an owner, and gives its exit code. */
  interface Forward {
    int to(Owner owner);
  }

  /** What an owner does. */
  interface OwnerWork {
    int run(Operations project, ProjectLock lock);
  }
}
