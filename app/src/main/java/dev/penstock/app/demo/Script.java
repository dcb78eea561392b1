package dev.penstock.app.demo;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands of a demonstration: {@code # words} are shown, {@code penstock …} is run as a user
 * would type it. {@code &} at the end leaves a server running; {@code !} in front says that the
 * command is to end with exit code 1.
 */
record Script(List<Line> lines) {
  sealed interface Line {}

  record Words(String text) implements Line {}

  /**
   * @param background whether it is a server that runs on
   */
  record Step(List<String> arguments, int expectedExit, boolean background) implements Line {
    String text() {
      return "penstock " + String.join(" ", arguments.stream().map(Step::quoted).toList());
    }

    private static String quoted(String argument) {
      return argument.contains(" ") ? '"' + argument + '"' : argument;
    }
  }

  Script {
    lines = List.copyOf(lines);
  }

  static Script parse(List<String> text, String file) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      String line = text.get(i).strip();
      if (line.startsWith("#")) {
        lines.add(new Words(line.substring(1).strip()));
      } else if (!line.isEmpty()) {
        lines.add(step(line, new Place(file, i + 1, 1)));
      }
    }
    return new Script(lines);
  }

  private static Step step(String line, Place place) {
    List<String> words = words(line, place);
    boolean fails = words.get(0).equals("!");
    if (fails) {
      words.remove(0);
    }
    boolean background = words.get(words.size() - 1).equals("&");
    if (background) {
      words.remove(words.size() - 1);
    }
    if (words.isEmpty() || !words.remove(0).equals("penstock")) {
      throw new PenstockException(
          ErrorCode.DEFINITION_SYNTAX, place, "a line is '# words' or 'penstock …'", "");
    }
    return new Step(List.copyOf(words), fails ? 1 : 0, background);
  }

  /** Splits at spaces; double quotes hold words together. */
  private static List<String> words(String line, Place place) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        begun = true;
      } else if (c == ' ' && !quoted) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quoted) {
      throw new PenstockException(ErrorCode.DEFINITION_SYNTAX, place, "a quote is open", "");
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
