package dev.penstock.format.internal.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.jspecify.annotations.Nullable;

/**
 * Puts records together from the levels of their leaves. Source: Melnik et al., "Dremel:
 * Interactive Analysis of Web-Scale Datasets", 2010.
 */
public final class Records {
  /** What a node of the schema is in a record. */
  private enum Shape {
    VALUE,
    RECORD,
    LIST,
    MAP
  }

  /**
   * A node of the schema that is read.
   *
   * @param repeats the repetition level of its further elements, if it is repeated
   * @param defined the definition level from which on it is there
   * @param leaves the numbers of the leaves in it
   */
  private record Node(
      String name,
      Shape shape,
      FieldRepetitionType repetition,
      int repeats,
      int defined,
      List<Integer> leaves,
      List<Node> children) {}

  private final Predicate<List<String>> wanted;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<NestedLeaf> open = new ArrayList<>();

  private Records(Predicate<List<String>> wanted) {
    this.wanted = wanted;
  }

  /** The records of a file. */
  public static List<Map<String, @Nullable Object>> read(Path path, Predicate<List<String>> wanted)
      throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      FileMetaData metadata = ParquetFooter.metadata(file);
      Records records = new Records(wanted);
      List<Node> columns = records.nodes(SchemaNode.columns(metadata.getSchema()), List.of(), 0, 0);
      List<Map<String, @Nullable Object>> all = new ArrayList<>();
      for (RowGroup group : metadata.getRow_groups()) {
        records.open(file, group);
        for (long row = 0; row < group.getNum_rows(); row++) {
          all.add(records.fields(columns));
        }
      }
      return all;
    }
  }

  private List<Node> nodes(
      List<SchemaNode> schema, List<String> before, int repetitions, int definitions) {
    List<Node> nodes = new ArrayList<>();
    for (SchemaNode node : schema) {
      SchemaElement element = node.element();
      FieldRepetitionType repetition = element.getRepetition_type();
      int repeats = repetitions + (repetition == FieldRepetitionType.REPEATED ? 1 : 0);
      int defined = definitions + (repetition == FieldRepetitionType.REQUIRED ? 0 : 1);
      List<String> path = new ArrayList<>(before);
      path.add(element.getName());
      int first = leaves.size();
      List<Node> children = nodes(node.children(), path, repeats, defined);
      if (node.isLeaf() && wanted.test(path)) {
        leaves.add(new Leaf(node.firstLeaf(), element, repeats, defined));
      }
      List<Integer> inside = new ArrayList<>();
      for (int leaf = first; leaf < leaves.size(); leaf++) {
        inside.add(leaf);
      }
      if (!inside.isEmpty()) {
        nodes.add(
            new Node(
                element.getName(), shape(node), repetition, repeats, defined, inside, children));
      }
    }
    return nodes;
  }

  private static Shape shape(SchemaNode node) {
    SchemaElement element = node.element();
    if (node.isLeaf()) {
      return Shape.VALUE;
    } else if (LogicalTypes.isList(element)) {
      return Shape.LIST;
    }
    boolean isMap =
        element.isSetLogicalType()
            ? element.getLogicalType().isSetMAP()
            : element.getConverted_type() == ConvertedType.MAP;
    return isMap ? Shape.MAP : Shape.RECORD;
  }

  private void open(FileChannel file, RowGroup group) throws IOException {
    open.clear();
    for (Leaf leaf : leaves) {
      ColumnMetaData chunk = group.getColumns().get(leaf.index()).getMeta_data();
      open.add(new NestedLeaf(leaf, ChunkPages.read(file, chunk, leaf)));
    }
  }

  private Map<String, @Nullable Object> fields(List<Node> nodes) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (Node node : nodes) {
      fields.put(node.name(), read(node));
    }
    return fields;
  }

  private @Nullable Object read(Node node) throws IOException {
    NestedLeaf first = open.get(node.leaves().get(0));
    boolean isRepeated = node.repetition() == FieldRepetitionType.REPEATED;
    if (first.definition() < node.defined()) {
      // Each leaf has one entry that says so.
      for (int leaf : node.leaves()) {
        open.get(leaf).next();
      }
      return isRepeated ? List.of() : null;
    }
    if (!isRepeated) {
      return content(node);
    }
    List<@Nullable Object> elements = new ArrayList<>();
    do {
      elements.add(content(node));
    } while (first.repetition() == node.repeats());
    return elements;
  }

  private @Nullable Object content(Node node) throws IOException {
    return switch (node.shape()) {
      case VALUE -> open.get(node.leaves().get(0)).next();
      case RECORD -> fields(node.children());
      case LIST -> list(node);
      case MAP -> map(node);
    };
  }

  /** A list's elements are in a level of their own, and mostly in another one inside it. */
  private List<@Nullable Object> list(Node node) throws IOException {
    Node level = node.children().get(0);
    List<@Nullable Object> elements = new ArrayList<>();
    for (Object element : elements(level)) {
      boolean isWrapped = level.shape() == Shape.RECORD && level.children().size() == 1;
      elements.add(
          isWrapped && element instanceof Map<?, ?> record
              ? record.values().iterator().next()
              : element);
    }
    return elements;
  }

  private Map<Object, @Nullable Object> map(Node node) throws IOException {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Object element : elements(node.children().get(0))) {
      if (element instanceof Map<?, ?> entry) {
        List<@Nullable Object> pair = new ArrayList<>(entry.values());
        Object key = pair.get(0);
        if (pair.size() != 2 || key == null) {
          throw new IllegalStateException("a map's entry is no key and value");
        }
        map.put(key, pair.get(1));
      }
    }
    return map;
  }

  private List<?> elements(Node level) throws IOException {
    if (!(read(level) instanceof List<?> elements)) {
      throw new IllegalStateException("'" + level.name() + "' is not repeated");
    }
    return elements;
  }
}
