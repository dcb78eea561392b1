package dev.penstock.app.demo;

import dev.penstock.app.command.Invocation;
import dev.penstock.app.demo.Script.Step;
import dev.penstock.app.demo.Script.Words;
import dev.penstock.app.print.AnswerText;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Answer.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plays an example: copies its project into a fresh folder and runs the commands of its script
 * there, each shown before it runs.
 */
public final class Demo {
  private static final String SCRIPT = "demo.script";
  private static final String MARK = ".penstock-demo";

  private final Invocation invocation;
  private final Path folder;
  private final List<Played> played = new ArrayList<>();
  private @Nullable Background background;

  private record Played(String command, long millis) {}

  private Demo(Invocation invocation, Path folder) {
    this.invocation = invocation.with(folder, invocation.out(), invocation.err());
    this.folder = folder;
  }

  /**
   * Plays the example into the folder, which may hold an earlier play of it but nothing else.
   *
   * @param serve whether to leave the server running until the process is asked to end
   * @return the exit code of the first command that ended otherwise than the script says, or 0
   */
  public static int play(Path example, Path folder, boolean serve, Invocation invocation) {
    try {
      Path script = example.resolve(SCRIPT);
      if (!Files.exists(script)) {
        throw new PenstockException(
            ErrorCode.FILE_NOT_FOUND,
            "there is no example in " + example,
            "an example has a " + SCRIPT);
      }
      copy(example, folder);
      return new Demo(invocation, folder)
          .play(Script.parse(Files.readAllLines(script), script.toString()), serve);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int play(Script script, boolean serve) {
    try {
      for (Script.Line line : script.lines()) {
        if (line instanceof Words words) {
          print("");
          print(words.text());
        } else if (line instanceof Step step) {
          int exit = play(step);
          if (exit != step.expectedExit()) {
            print("");
            print(
                "The demo ends here: exit code "
                    + exit
                    + " where "
                    + step.expectedExit()
                    + " was expected. Its folder: "
                    + folder);
            return exit == 0 ? 1 : exit;
          }
        }
      }
      summary();
      if (serve && background != null) {
        print("");
        print("The server goes on at " + background.address() + " (Ctrl-C ends it).");
        background.join();
      }
      return 0;
    } finally {
      if (background != null) {
        background.close();
      }
    }
  }

  private int play(Step step) {
    print("");
    print("$ " + step.text() + (step.background() ? " &" : ""));
    Instant began = invocation.clock().instant();
    int exit;
    if (step.background()) {
      background = Background.start(invocation, step.arguments());
      exit = background.exitUnlessServing();
    } else {
      exit = invocation.shell().run(invocation, step.arguments());
    }
    long millis = Duration.between(began, invocation.clock().instant()).toMillis();
    played.add(new Played(step.text(), millis));
    return exit;
  }

  private void summary() {
    Answer.TableBuilder table =
        Answer.builder().table("time").heading("command").heading("time", Format.MILLIS);
    for (Played step : played) {
      table.row(step.command(), step.millis());
    }
    table.row("all", played.stream().mapToLong(Played::millis).sum());
    print("");
    AnswerText.print(table.end().build(), invocation.out());
    print("Everything it made is in " + folder);
  }

  private void print(String line) {
    invocation.out().println(line);
    invocation.out().flush();
  }

  private static void copy(Path example, Path folder) throws IOException {
    if (Files.exists(folder) && !Files.exists(folder.resolve(MARK)) && !isEmpty(folder)) {
      throw new PenstockException(
          ErrorCode.USAGE, folder + " holds something else", "choose another with --folder DIR");
    }
    delete(folder);
    try (Stream<Path> files = Files.walk(example)) {
      for (Path file : files.toList()) {
        Path relative = example.relativize(file);
        if (relative.startsWith(".penstock")) {
          continue;
        }
        Path target = folder.resolve(relative.toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    Files.createFile(folder.resolve(MARK));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
