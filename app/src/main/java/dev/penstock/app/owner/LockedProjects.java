package dev.penstock.app.owner;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Opener;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import java.time.InstantSource;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Projects on disk: takes the lock, opens, works, closes. */
public final class LockedProjects implements Projects {
  private final Opener opener;
  private final InstantSource clock;

  public LockedProjects(Opener opener, InstantSource clock) {
    this.opener = opener;
    this.clock = clock;
  }

  @Override
  public int run(
      Workspace workspace, String command, ToIntFunction<Operations> work, Forward forward) {
    ProjectLock.Attempt attempt = ProjectLock.attempt(workspace, command, clock);
    if (attempt instanceof ProjectLock.Acquired acquired) {
      return open(workspace, acquired.lock(), (project, lock) -> work.applyAsInt(project));
    }
    Owner owner = ((ProjectLock.Taken) attempt).owner();
    if (owner == null || owner.address() == null) {
      throw locked(workspace, owner);
    }
    return forward.to(owner);
  }

  @Override
  public int own(Workspace workspace, String command, OwnerWork work) {
    ProjectLock.Attempt attempt = ProjectLock.attempt(workspace, command, clock);
    if (attempt instanceof ProjectLock.Acquired acquired) {
      return Shutdown.interrupting(() -> open(workspace, acquired.lock(), work));
    }
    throw locked(workspace, ((ProjectLock.Taken) attempt).owner());
  }

  @Override
  public Opener opener() {
    return opener;
  }

  @Override
  public @Nullable String server() {
    return null;
  }

  private int open(Workspace workspace, ProjectLock lock, OwnerWork work) {
    try (lock;
        Operations project = opener.open(workspace, clock)) {
      return work.run(project, lock);
    }
  }

  static PenstockException locked(Workspace workspace, @Nullable Owner owner) {
    return new PenstockException(
        ErrorCode.PROJECT_LOCKED,
        "the project in "
            + workspace.folder()
            + " is in use by "
            + (owner == null ? "a process that is starting or ending" : owner),
        "try again when it is done");
  }
}
