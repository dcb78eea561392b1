package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.platform.definition.About;
import dev.penstock.platform.definition.Kind;
import dev.penstock.platform.definition.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One document of a file: its kind, what it is called, and its fields.
 *
 * @param about empty when the document lacks what every definition has
 */
record Document(Kind kind, Written name, Optional<About> about, Fields fields) {
  private static final List<String> BEFORE_KIND = List.of("owner", "description", "tags");

  /**
   * Reads what every definition has. The first key tells the kind; only owner, description and tags
   * may stand before it, because kinds name each other in their fields.
   */
  static Optional<Document> of(YamlFile file, Node node, Problems problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(
          ErrorCode.DEFINITION_SYNTAX,
          file.place(node),
          "a document must be a mapping of names to values",
          "");
      return Optional.empty();
    }
    Fields keys = new Fields(file, mapping, "document", new Problems());
    Optional<String> first =
        keys.keys().stream().filter(key -> !BEFORE_KIND.contains(key)).findFirst();
    Optional<Kind> kind = first.flatMap(Kind::ofKey);
    if (kind.isEmpty()) {
      String said = first.orElse("");
      problems.add(
          ErrorCode.DEFINITION_UNKNOWN_FIELD,
          first.map(keys::keyPlace).orElse(keys.place()),
          "the first key says what a document defines, and '" + said + "' is no kind",
          Suggestion.among(said, Kind.keys()));
      return Optional.empty();
    }
    return Optional.of(read(kind.get(), keys, file, mapping, problems));
  }

  private static Document read(
      Kind kind, Fields keys, YamlFile file, MappingNode node, Problems problems) {
    Written name = keys.text(kind.key()).orElse(new Written("", keys.keyPlace(kind.key())));
    Fields fields = new Fields(file, node, kind.words() + " '" + name.text() + "'", problems);
    return new Document(kind, name, about(kind, fields, file.source(node)), fields);
  }

  private static Optional<About> about(Kind kind, Fields fields, String source) {
    Optional<Written> name =
        fields
            .requiredText(kind.key())
            .flatMap(text -> attempt(fields.problems(), () -> Names.definition(text)));
    Optional<Written> owner = fields.requiredText("owner");
    String description = fields.text("description").map(Written::text).orElse("");
    List<String> tags = fields.texts("tags").stream().map(Written::text).toList();
    if (name.isEmpty() || owner.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new About(
            name.get().text(),
            owner.get().text(),
            description.strip().replaceAll("\\s+", " "),
            tags,
            name.get().place(),
            source));
  }

  /** What the reader gives, or nothing and a problem more. */
  static <T> Optional<T> attempt(Problems problems, Supplier<T> reader) {
    try {
      return Optional.of(reader.get());
    } catch (PenstockException e) {
      problems.add(e);
      return Optional.empty();
    }
  }

  /** Reads each item of a list of lines; one that is wrong is a problem and left out. */
  <T> List<T> lines(String key, Function<Written, T> parser) {
    List<T> read = new ArrayList<>();
    for (Node item : fields.items(key)) {
      fields
          .scalar(item, "an item of '" + key + "'")
          .flatMap(line -> attempt(fields.problems(), () -> parser.apply(line)))
          .ifPresent(read::add);
    }
    return read;
  }
}
