package dev.penstock.app.owner;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Opener;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The project a server has open: forwarded commands run on it. */
public final class HeldProject implements Projects {
  private final Workspace held;
  private final Operations project;
  private final ProjectLock lock;
  private final Opener opener;

  public HeldProject(Workspace held, Operations project, ProjectLock lock, Opener opener) {
    this.held = held;
    this.project = project;
    this.lock = lock;
    this.opener = opener;
  }

  @Override
  public int run(
      Workspace workspace, String command, ToIntFunction<Operations> work, Forward forward) {
    if (!workspace.equals(held)) {
      throw new PenstockException(
          ErrorCode.PROJECT_LOCKED,
          "the server has " + describe(held) + " open, not " + describe(workspace),
          "stop it first, or ask with its --env");
    }
    return work.applyAsInt(project);
  }

  @Override
  public int own(Workspace workspace, String command, OwnerWork work) {
    throw LockedProjects.locked(workspace, lock.owner());
  }

  @Override
  public Opener opener() {
    return opener;
  }

  @Override
  public @Nullable String server() {
    return lock.owner().address();
  }

  private static String describe(Workspace workspace) {
    return workspace.folder() + " (" + workspace.environment() + ")";
  }
}
