package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Place;
import dev.penstock.data.Span;
import dev.penstock.data.Suggestion;
import dev.penstock.platform.definition.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping while it is read. Every key that is asked for is known; {@link #finish} reports
 * the others. What is not as it should be becomes a problem and reads as absent, so that one load
 * finds all of them.
 */
final class Fields {
  private final YamlFile file;
  private final MappingNode node;
  private final String what;
  private final Problems problems;
  private final Map<String, NodeTuple> tuples = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  /**
   * Begins to read.
   *
   * @param what is read, for errors: {@code source 'landings'}
   */
  Fields(YamlFile file, MappingNode node, String what, Problems problems) {
    this.file = file;
    this.node = node;
    this.what = what;
    this.problems = problems;
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problem(ErrorCode.DEFINITION_SYNTAX, tuple.getKeyNode(), "a key must be a word", "");
        continue;
      }
      NodeTuple first = tuples.putIfAbsent(key.getValue(), tuple);
      if (first != null) {
        problem(
            ErrorCode.DEFINITION_DUPLICATE,
            key,
            "'" + key.getValue() + "' stands here twice",
            "first at " + file.place(first.getKeyNode()));
      }
    }
  }

  Place place() {
    return file.place(node);
  }

  Problems problems() {
    return problems;
  }

  YamlFile file() {
    return file;
  }

  /** The keys in the order they are written. */
  List<String> keys() {
    return List.copyOf(tuples.keySet());
  }

  Place keyPlace(String key) {
    NodeTuple tuple = tuples.get(key);
    return tuple == null ? place() : file.place(tuple.getKeyNode());
  }

  boolean has(String key) {
    asked.add(key);
    NodeTuple tuple = tuples.get(key);
    return tuple != null && !YamlFile.isNull(tuple.getValueNode());
  }

  /** What stands at a key; null when it is absent. */
  @Nullable Node node(String key) {
    return value(key).orElse(null);
  }

  /** Whether there is a list or mapping without anything in it. */
  boolean isEmpty(String key) {
    return value(key)
        .filter(
            node -> node instanceof CollectionNode<?> collection && collection.getValue().isEmpty())
        .isPresent();
  }

  /** A word, number or text. */
  Optional<Written> text(String key) {
    return value(key).flatMap(value -> scalar(value, "'" + key + "'"));
  }

  /** As {@link #text}; it is a problem when there is none. */
  Optional<Written> requiredText(String key) {
    if (!has(key)) {
      missing(key);
      return Optional.empty();
    }
    return text(key);
  }

  /** Says that this key is missing. */
  void missing(String key) {
    problems.add(ErrorCode.DEFINITION_MISSING_FIELD, place(), what + " lacks '" + key + "'", "");
  }

  /** One text, or a list of them. */
  List<Written> texts(String key) {
    Optional<Node> value = value(key);
    if (value.isPresent() && value.get() instanceof ScalarNode) {
      return text(key).stream().toList();
    }
    List<Written> found = new ArrayList<>();
    for (Node item : items(key)) {
      scalar(item, "an item of '" + key + "'").ifPresent(found::add);
    }
    return found;
  }

  /** The items of a list; none when it is absent. */
  List<Node> items(String key) {
    Optional<Node> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problem(ErrorCode.DEFINITION_VALUE, value.get(), "'" + key + "' must be a list", "");
    return List.of();
  }

  Optional<Fields> mapping(String key) {
    Optional<Node> value = value(key);
    return value.flatMap(found -> mapping(found, "'" + key + "' of " + what));
  }

  /** Reads a node as a mapping, or says that it is none. */
  Optional<Fields> mapping(Node found, String name) {
    if (found instanceof MappingNode mapping) {
      return Optional.of(new Fields(file, mapping, name, problems));
    }
    problem(ErrorCode.DEFINITION_VALUE, found, name + " must be a mapping of names to values", "");
    return Optional.empty();
  }

  /** Gives each key of a mapping to the reader; all keys are known then. */
  void each(BiConsumer<Written, Node> reader) {
    tuples.forEach(
        (key, tuple) -> {
          asked.add(key);
          reader.accept(new Written(key, file.place(tuple.getKeyNode())), tuple.getValueNode());
        });
  }

  Optional<Span> span(String key) {
    return parsed(key, Span::parse);
  }

  Optional<Integer> wholeNumber(String key, int least, int most) {
    return parsed(
        key,
        text -> {
          int number = parseNumber(text, Integer::valueOf, "a whole number");
          if (number < least || number > most) {
            throw new IllegalArgumentException(
                "'" + key + "' must be from " + least + " to " + most + ", not " + number);
          }
          return number;
        });
  }

  Optional<Double> number(String key, double least, double most) {
    return parsed(
        key,
        text -> {
          double number = parseNumber(text, Double::valueOf, "a number");
          if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException(
                "'" + key + "' must be from " + least + " to " + most + ", not " + text);
          }
          return number;
        });
  }

  Optional<Boolean> flag(String key) {
    return parsed(
        key,
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
          }
          return text.equals("true");
        });
  }

  /** One of these words. */
  Optional<String> choice(String key, List<String> words) {
    Optional<Written> text = text(key);
    if (text.isPresent() && !words.contains(text.get().text())) {
      problems.add(
          ErrorCode.DEFINITION_VALUE,
          text.get().place(),
          "'" + text.get() + "' is no '" + key + "'",
          Suggestion.among(text.get().text(), words));
      return Optional.empty();
    }
    return text.map(Written::text);
  }

  /**
   * A text that the parser understands.
   *
   * @param parser throws {@link IllegalArgumentException} with what is wrong
   */
  <T> Optional<T> parsed(String key, Function<String, T> parser) {
    return text(key).flatMap(written -> parsed(written, parser));
  }

  /** As {@link #parsed(String, Function)}, of a text that was read already. */
  <T> Optional<T> parsed(Written written, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(written.text().strip()));
    } catch (IllegalArgumentException e) {
      problems.add(ErrorCode.DEFINITION_VALUE, written.place(), String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }

  private static <N> N parseNumber(String text, Function<String, N> parser, String what) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not " + what, e);
    }
  }

  /** Reads a node as a text, or says that it is none. */
  Optional<Written> scalar(Node found, String name) {
    if (found instanceof ScalarNode scalar && !YamlFile.isNull(found)) {
      return Optional.of(file.written(scalar));
    }
    problem(ErrorCode.DEFINITION_VALUE, found, name + " must be a text", "");
    return Optional.empty();
  }

  /** The keys that were asked for: after reading, all there may be. */
  Set<String> known() {
    return Collections.unmodifiableSet(asked);
  }

  /** Reports every key that nothing asked for. */
  void finish() {
    tuples.forEach(
        (key, tuple) -> {
          if (!asked.contains(key)) {
            problem(
                ErrorCode.DEFINITION_UNKNOWN_FIELD,
                tuple.getKeyNode(),
                what + " has no field '" + key + "'",
                Suggestion.among(key, asked));
          }
        });
  }

  void problem(ErrorCode code, Node at, String description, String hint) {
    problems.add(code, file.place(at), description, hint);
  }

  private Optional<Node> value(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    @Nullable NodeTuple tuple = tuples.get(key);
    return Optional.ofNullable(tuple).map(NodeTuple::getValueNode);
  }
}
