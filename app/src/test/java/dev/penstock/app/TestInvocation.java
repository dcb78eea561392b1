package dev.penstock.app;

import dev.penstock.app.command.Invocation;
import dev.penstock.app.memory.MemoryOpener;
import dev.penstock.app.owner.LockedProjects;
import dev.penstock.app.print.Screen;
import dev.penstock.platform.command.Opener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Surroundings of commands within a test's process. */
public final class TestInvocation {
  private TestInvocation() {}

  public static Invocation of(Path folder, PrintWriter out, PrintWriter err) {
    return of(new MemoryOpener(), folder, Map.of(), out, err);
  }

  static Invocation of(
      Opener opener, Path folder, Map<String, String> variables, PrintWriter out, PrintWriter err) {
    InstantSource clock = InstantSource.system();
    return new Invocation(
        folder,
        out,
        err,
        Screen.NONE,
        variables,
        clock,
        new LockedProjects(opener, clock),
        Cli::run);
  }
}
