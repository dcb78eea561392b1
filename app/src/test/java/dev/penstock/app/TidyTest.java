package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The hygiene of the tree: what a reader should not have to ask for in a review. */
class TidyTest {
  private static final int MOST_LINES = 450;

  /** Text of ours by its ending; data is not held to these rules. */
  private static final Set<String> TEXT =
      Set.of(
          "java", "xml", "md", "yaml", "yml", "json", "py", "toml", "sql", "html", "script", "sh");

  private static final Set<String> TEXT_WITHOUT_ENDING =
      Set.of("penstock", "mvnw", "run", "run-tests");

  /** Words that promise work for later; issues are the place for it. */
  private static final List<String> PROMISES = List.of("TO" + "DO", "FIX" + "ME", "XX" + "X:");

  private static final Path ROOT = Repository.ROOT;

  /** What git knows or would add. */
  private static List<Path> files() throws Exception {
    Process git =
        new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            .directory(ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String listed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).isZero();
    List<Path> files = new ArrayList<>();
    for (String name : listed.split("\0")) {
      Path file = ROOT.resolve(name);
      if (isText(file.getFileName().toString()) && Files.exists(file)) {
        files.add(file);
      }
    }
    assertThat(files).hasSizeGreaterThan(50);
    return files;
  }

  private static boolean isText(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? TEXT_WITHOUT_ENDING.contains(name) : TEXT.contains(name.substring(dot + 1));
  }

  @Test
  void files_are_short_enough_to_read() throws Exception {
    List<String> long_ = new ArrayList<>();
    for (Path file : files()) {
      int lines = Files.readAllLines(file).size();
      if (lines > MOST_LINES && !mayBeLonger(file)) {
        long_.add(ROOT.relativize(file) + " has " + lines + " lines, more than " + MOST_LINES);
      }
    }
    assertThat(long_).isEmpty();
  }

  /** The root pom is the one place for versions, a schema one document: long as they need be. */
  private static boolean mayBeLonger(Path file) {
    return file.equals(ROOT.resolve("pom.xml"))
        || file.getFileName().toString().endsWith(".schema.json");
  }

  @Test
  void lines_end_where_their_text_ends_and_have_no_tabs() throws Exception {
    List<String> untidy = new ArrayList<>();
    for (Path file : files()) {
      String text = Files.readString(file);
      if (!text.isEmpty() && !text.endsWith("\n")) {
        untidy.add(ROOT.relativize(file) + " does not end with a line break");
      }
      int number = 0;
      for (String line : text.split("\n", -1)) {
        number++;
        if (line.indexOf('\t') >= 0 || line.endsWith(" ") || line.endsWith("\r")) {
          untidy.add(ROOT.relativize(file) + ":" + number + " has a tab or a space at its end");
        }
      }
    }
    assertThat(untidy).isEmpty();
  }

  @Test
  void nothing_is_promised_for_later() throws Exception {
    List<String> promises = new ArrayList<>();
    for (Path file : files()) {
      String text = Files.readString(file);
      for (String promise : PROMISES) {
        if (text.contains(promise)) {
          promises.add(ROOT.relativize(file) + " says " + promise);
        }
      }
    }
    assertThat(promises).isEmpty();
  }

  @Test
  void every_package_says_what_it_is_for() throws Exception {
    Set<Path> packages = new TreeSet<>();
    for (Path file : files()) {
      if (file.toString().endsWith(".java") && file.toString().contains("/src/main/java/")) {
        packages.add(file.getParent());
      }
    }
    List<String> silent = new ArrayList<>();
    for (Path folder : packages) {
      if (!isDescribed(folder.resolve("package-info.java"))) {
        silent.add(ROOT.relativize(folder) + " has no package-info.java with a sentence");
      }
    }
    assertThat(silent).isEmpty();
  }

  private static boolean isDescribed(Path info) throws IOException {
    if (!Files.exists(info)) {
      return false;
    }
    String text = Files.readString(info);
    return text.contains("/**") && text.contains("@NullMarked");
  }
}
