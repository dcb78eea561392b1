package dev.penstock.app;

import dev.penstock.app.memory.MemoryOpener;
import dev.penstock.platform.Platform;
import dev.penstock.platform.command.Opener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command line run within the test's process: its exit code and what it printed. */
record CommandLineRun(int exit, String out, String err) {
  /** Over a project in memory. */
  static CommandLineRun of(Path folder, String... arguments) {
    return of(folder, Map.of(), arguments);
  }

  static CommandLineRun of(Path folder, Map<String, String> variables, String... arguments) {
    return run(new MemoryOpener(), folder, variables, arguments);
  }

  /** Over the project that is in that folder, by the real platform. */
  static CommandLineRun onDisk(Path folder, String... arguments) {
    return onDisk(folder, Map.of(), arguments);
  }

  static CommandLineRun onDisk(Path folder, Map<String, String> variables, String... arguments) {
    return run(new Platform(), folder, variables, arguments);
  }

  private static CommandLineRun run(
      Opener opener, Path folder, Map<String, String> variables, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Cli.run(
            TestInvocation.of(
                opener, folder, variables, new PrintWriter(out), new PrintWriter(err)),
            List.of(arguments));
    return new CommandLineRun(exit, out.toString(), err.toString());
  }
}
