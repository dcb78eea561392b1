package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The documents name a test for each rule: every one of them has to be there. */
class NamedTestsTest {
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z][A-Za-z]*Test)(?:\\.([a-z0-9_]+))?`");
  private static final Path ROOT = Repository.ROOT;

  /** The source of each test class, by its simple name. */
  private static final Map<String, String> TESTS = new TreeMap<>();

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @BeforeAll
  static void readTests() throws IOException {
    try (Stream<Path> rooms = Files.list(ROOT)) {
      for (Path room : rooms.map(room -> room.resolve("src/test/java")).toList()) {
        if (Files.exists(room)) {
          for (Path test : files(room, "Test.java")) {
            String name = test.getFileName().toString().replace(".java", "");
            TESTS.merge(name, Files.readString(test), String::concat);
          }
        }
      }
    }
  }

  @Test
  void every_test_that_the_documents_name_is_there() throws IOException {
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (Path document : files(ROOT.resolve("docs"), ".md")) {
      Matcher matcher = NAMED.matcher(Files.readString(document));
      while (matcher.find()) {
        named++;
        String source = TESTS.get(matcher.group(1));
        String method = matcher.group(2);
        if (source == null || (method != null && !source.contains("void " + method + "("))) {
          missing.add(ROOT.relativize(document) + " names " + matcher.group());
        }
      }
    }
    assertThat(named).isGreaterThan(100);
    assertThat(missing).isEmpty();
  }
}
