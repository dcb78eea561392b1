package dev.penstock.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Does a little of everything that is to start quickly, in a folder that is gone afterwards: the
 * launcher archives the classes this loads.
 */
@Command(name = "warm-up", hidden = true, description = "Load classes for the launcher's archive.")
final class WarmUpCommand implements LocalCommand {
  @Override
  public int run(Invocation invocation, boolean json) {
    try {
      Path folder = Files.createTempDirectory("penstock-warm-up");
      try {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Path project = folder.resolve("project");
        Invocation quiet = invocation.with(folder, nowhere, nowhere);
        quiet.run("--help");
        quiet.run("init", project.toString());
        for (String command : new String[] {"plan", "status"}) {
          quiet.run(command, "--project", project.toString());
          quiet.run(command, "--project", project.toString(), "--json");
        }
        quiet.run("catalog", "list", "--project", project.toString());
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
