package dev.penstock.app;

import dev.penstock.app.command.Invocation;
import dev.penstock.app.memory.MemoryOpener;
import dev.penstock.app.owner.LockedProjects;
import dev.penstock.app.print.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A command line run within the test's process: its exit code and what it printed. */
record CommandLineRun(int exit, String out, String err) {
  static CommandLineRun of(Path folder, String... arguments) {
    return of(folder, Map.of(), arguments);
  }

  static CommandLineRun of(Path folder, Map<String, String> variables, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Cli.run(
            invocation(folder, variables, new PrintWriter(out), new PrintWriter(err)),
            List.of(arguments));
    return new CommandLineRun(exit, out.toString(), err.toString());
  }

  static Invocation invocation(
      Path folder, Map<String, String> variables, PrintWriter out, PrintWriter err) {
    InstantSource clock = InstantSource.system();
    return new Invocation(
        folder,
        out,
        err,
        Screen.NONE,
        variables,
        clock,
        new LockedProjects(new MemoryOpener(), clock),
        Cli::run);
  }
}
