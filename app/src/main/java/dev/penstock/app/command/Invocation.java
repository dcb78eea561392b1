package dev.penstock.app.command;

import dev.penstock.app.owner.Projects;
import dev.penstock.app.print.Screen;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The surroundings of one command: where it was given, what it may print to, the environment's
 * variables, the clock, the way to projects, and the shell that runs further commands.
 */
public record Invocation(
    Path folder,
    PrintWriter out,
    PrintWriter err,
    Screen screen,
    Map<String, String> variables,
    InstantSource clock,
    Projects projects,
    Shell shell) {
  /** Runs a command line; gives the exit code. */
  public interface Shell {
    int run(Invocation invocation, List<String> arguments);
  }

  public Invocation {
    folder = folder.toAbsolutePath();
    variables = Map.copyOf(variables);
  }

  /** The same surroundings, in another folder and with other output. */
  public Invocation with(Path otherFolder, PrintWriter otherOut, PrintWriter otherErr) {
    return new Invocation(
        otherFolder, otherOut, otherErr, screen, variables, clock, projects, shell);
  }

  /** Runs another command in these surroundings. */
  public int run(String... arguments) {
    return shell.run(this, List.of(arguments));
  }
}
