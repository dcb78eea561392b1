package dev.penstock.app;

import dev.penstock.app.command.Invocation;
import dev.penstock.app.owner.LockedProjects;
import dev.penstock.app.print.Screen;
import dev.penstock.platform.command.Opener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Where the process begins: the surroundings as they really are. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Opener opener = ServiceLoader.load(Opener.class).findFirst().orElseThrow();
    System.exit(run(opener, List.of(arguments)));
  }

  /** Runs one command line in this process's own surroundings; gives the exit code. */
  static int run(Opener opener, List<String> arguments) {
    Map<String, String> variables = System.getenv();
    InstantSource clock = InstantSource.system();
    return Cli.run(
        new Invocation(
            Path.of(""),
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            screen(variables),
            variables,
            clock,
            new LockedProjects(opener, clock),
            Cli::run),
        arguments);
  }

  /** UTF-8 whatever the machine's usual is, and not a system call for each line. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
  }

  /** The launcher knows whether somebody watches; Java 17 cannot tell. */
  private static Screen screen(Map<String, String> variables) {
    boolean interactive = Boolean.getBoolean("penstock.interactive");
    String columns = variables.getOrDefault("COLUMNS", "");
    return new Screen(
        interactive, columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : 80);
  }
}
