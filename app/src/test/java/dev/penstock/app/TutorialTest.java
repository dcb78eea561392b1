package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.app.Processes.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the tutorials in {@code docs} as a reader would: writes the files it shows, gives its
 * commands, and compares what they print. A line {@code …} stands for any lines, and {@code …}
 * within a line for anything.
 */
class TutorialTest {
  private static final String ADDRESS = "http://127.0.0.1:7310";

  /** A fenced block, after a paragraph that may end with the file's name. */
  private static final Pattern BLOCK =
      Pattern.compile("(?:`([\\w/.]+)`:\\n\\n)?```(\\w+)\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;
  private final Processes processes = new Processes();
  private Path here;
  private String address = ADDRESS;

  private record Command(String text, boolean fails, List<String> output) {}

  @AfterEach
  void end() {
    processes.close();
  }

  @Test
  void every_command_of_the_tutorial_does_what_the_page_shows() throws Exception {
    assertThat(run("docs/tutorial.md")).isGreaterThan(20);
  }

  @Test
  void every_command_about_versions_does_what_the_page_shows() throws Exception {
    assertThat(run("docs/versions.md")).isGreaterThan(10);
  }

  /** Gives how many commands the page has. */
  private int run(String tutorial) throws Exception {
    String page = Files.readString(Repository.ROOT.resolve(tutorial));
    here = folder;
    int commands = 0;
    for (var block = BLOCK.matcher(page); block.find(); ) {
      if (block.group(2).equals("console")) {
        for (Command command : commands(block.group(3))) {
          run(command);
          commands++;
        }
      } else {
        Path file = here.resolve(block.group(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.group(3));
      }
    }
    return commands;
  }

  /** A command begins with {@code $}, or with {@code !} if it is to fail, and may go on. */
  private static List<Command> commands(String block) {
    List<Command> commands = new ArrayList<>();
    String open = "";
    for (String line : block.split("\n", -1)) {
      if (open.isEmpty() && line.matches("[$!] .*")) {
        open = line;
      } else if (!open.isEmpty()) {
        open += "\n" + line;
      } else if (!commands.isEmpty()) {
        commands.get(commands.size() - 1).output().add(line.stripTrailing());
      }
      // An apostrophe that is open holds the next lines too.
      if (!open.isEmpty() && open.chars().filter(c -> c == '\'').count() % 2 == 0) {
        commands.add(new Command(open.substring(2), open.startsWith("!"), new ArrayList<>()));
        open = "";
      }
    }
    return commands;
  }

  private void run(Command command) throws Exception {
    String text = command.text().replace(ADDRESS, address);
    String printed;
    if (text.startsWith("cd ")) {
      here = here.resolve(text.substring(3));
      return;
    }
    if (text.endsWith(" &")) {
      List<String> options = words(text.substring(0, text.length() - 2));
      Server server =
          processes.serve(here, options.subList(2, options.size()).toArray(String[]::new));
      address = server.address();
      printed = "Serving at " + address + " (Ctrl-C ends it)\n";
    } else if (text.startsWith("penstock ")) {
      List<String> words = words(text);
      CommandLineRun run =
          CommandLineRun.onDisk(here, words.subList(1, words.size()).toArray(String[]::new));
      assertThat(run.exit() != 0).as("%s: %s", text, run.err()).isEqualTo(command.fails());
      printed = run.out() + run.err();
    } else {
      Process shell =
          new ProcessBuilder("sh", "-c", text)
              .directory(here.toFile())
              .redirectErrorStream(true)
              .start();
      printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(shell.waitFor()).as("%s: %s", text, printed).isZero();
    }
    if (!command.output().isEmpty()) {
      assertThat(stripped(printed.replace(address, ADDRESS)))
          .as("what '%s' prints", text)
          .matches(pattern(command.output()));
    }
  }

  private static List<String> words(String line) throws IOException {
    List<String> words = new ArrayList<>();
    var word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  private static String stripped(String printed) {
    StringBuilder lines = new StringBuilder();
    printed.lines().forEach(line -> lines.append(line.stripTrailing()).append('\n'));
    return lines.toString();
  }

  private static Pattern pattern(List<String> output) {
    List<String> lines = new ArrayList<>(output);
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    StringBuilder pattern = new StringBuilder();
    for (String line : lines) {
      if (line.equals("…")) {
        pattern.append("(?:[^\\n]*\\n)*?");
      } else {
        for (String part : line.split("(?<=…)|(?=…)", -1)) {
          pattern.append(part.equals("…") ? "[^\\n]*?" : Pattern.quote(part));
        }
        pattern.append("\\n");
      }
    }
    return Pattern.compile(pattern.toString());
  }
}
