package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Place;
import dev.penstock.platform.definition.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One YAML file as nodes, and where each of them stands. */
final class YamlFile {
  private final String name;
  private final List<String> lines;
  private final List<Node> documents;

  private YamlFile(String name, List<String> lines, List<Node> documents) {
    this.name = name;
    this.lines = lines;
    this.documents = documents;
  }

  /** Reads the text; what is no YAML becomes a problem, and the documents before it are kept. */
  static YamlFile parse(String name, String text, Problems problems) {
    List<Node> documents = new ArrayList<>();
    YamlFile file = new YamlFile(name, text.lines().toList(), documents);
    LoadSettings settings = LoadSettings.builder().setLabel(name).setUseMarks(true).build();
    try {
      for (Node node : new Compose(settings).composeAllFromString(text)) {
        documents.add(node);
      }
    } catch (MarkedYamlEngineException e) {
      problems.add(
          ErrorCode.DEFINITION_SYNTAX,
          e.getProblemMark().map(file::place).orElse(Place.of(name)),
          "this is not YAML: " + e.getProblem(),
          hint(String.valueOf(e.getProblem())));
    }
    return file;
  }

  private static String hint(String problem) {
    if (problem.contains("mapping values are not allowed")) {
      return "put text that has ': ' in it between quotes";
    }
    return problem.contains("'\\t'") || problem.contains("TAB") ? "indent with spaces" : "";
  }

  String name() {
    return name;
  }

  List<Node> documents() {
    return documents;
  }

  Place place(Node node) {
    return node.getStartMark().map(this::place).orElse(Place.of(name));
  }

  private Place place(Mark mark) {
    return new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The lines on which a document stands. */
  String source(Node node) {
    int from = node.getStartMark().map(Mark::getLine).orElse(0);
    int to = node.getEndMark().map(Mark::getLine).orElse(from);
    StringBuilder text = new StringBuilder();
    for (int line = from; line <= to && line < lines.size(); line++) {
      if (lines.get(line).startsWith("---")) {
        break;
      }
      text.append(lines.get(line)).append('\n');
    }
    return text.toString().strip() + "\n";
  }

  /**
   * The text of a scalar as it stands in the file, so that an offset in the text is an offset in
   * the file: line breaks and indentation of blocks are kept. They mean nothing to SQL.
   */
  Written written(ScalarNode node) {
    Mark start = node.getStartMark().orElseThrow();
    Mark end = node.getEndMark().orElseThrow();
    return switch (node.getScalarStyle()) {
      case LITERAL, FOLDED ->
          new Written(
              slice(start.getLine() + 1, 0, end.getLine(), end.getColumn()),
              new Place(name, start.getLine() + 2, 1));
      case PLAIN, JSON_SCALAR_STYLE ->
          start.getLine() == end.getLine()
              ? new Written(node.getValue(), place(start))
              : new Written(
                  slice(start.getLine(), start.getColumn(), end.getLine(), end.getColumn()),
                  place(start));
      case SINGLE_QUOTED, DOUBLE_QUOTED -> new Written(node.getValue(), place(start).offset(0, 1));
    };
  }

  private String slice(int fromLine, int fromColumn, int toLine, int toColumn) {
    StringBuilder text = new StringBuilder();
    for (int line = fromLine; line <= toLine && line < lines.size(); line++) {
      String whole = lines.get(line);
      int start = line == fromLine ? Math.min(fromColumn, whole.length()) : 0;
      int end = line == toLine ? Math.min(toColumn, whole.length()) : whole.length();
      text.append(whole, start, Math.max(start, end)).append('\n');
    }
    return text.toString().stripTrailing();
  }

  /** All scalars below a node. A node that an alias repeats comes once. */
  static List<ScalarNode> scalars(Node root) {
    List<ScalarNode> found = new ArrayList<>();
    collect(root, found, Collections.newSetFromMap(new IdentityHashMap<>()));
    return found;
  }

  private static void collect(Node node, List<ScalarNode> found, Set<Node> seen) {
    if (node instanceof ScalarNode scalar) {
      found.add(scalar);
      return;
    }
    if (!seen.add(node)) {
      return;
    }
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        collect(tuple.getKeyNode(), found, seen);
        collect(tuple.getValueNode(), found, seen);
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(child -> collect(child, found, seen));
    }
  }

  /** Whether the scalar is an unquoted {@code null}, {@code ~} or nothing. */
  static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && (scalar.getValue().isEmpty()
            || scalar.getValue().equals("null")
            || scalar.getValue().equals("~"));
  }
}
