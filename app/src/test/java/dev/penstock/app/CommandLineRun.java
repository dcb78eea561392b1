package dev.penstock.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
            TestInvocation.of(folder, variables, new PrintWriter(out), new PrintWriter(err)),
            List.of(arguments));
    return new CommandLineRun(exit, out.toString(), err.toString());
  }
}
