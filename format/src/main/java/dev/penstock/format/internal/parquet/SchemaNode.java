package dev.penstock.format.internal.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.format.SchemaElement;

/**
 * A Parquet schema as the tree it is; a file writes it flat.
 *
 * @param firstLeaf how many leaves stand before this node
 */
record SchemaNode(SchemaElement element, List<SchemaNode> children, int firstLeaf) {
  private static final int MOST_DEPTH = 64;

  /** The columns under the root. */
  static List<SchemaNode> columns(List<SchemaElement> flat) {
    Cursor cursor = new Cursor(flat);
    SchemaNode root = cursor.node(0);
    if (cursor.next != flat.size()) {
      throw new IllegalStateException("the schema has more elements than its tree");
    }
    return root.children();
  }

  boolean isLeaf() {
    return children.isEmpty();
  }

  /** The type in Parquet's words. */
  String written() {
    if (LogicalTypes.isList(element) && children.size() == 1) {
      SchemaNode inner = children.get(0);
      while (inner.children().size() == 1) {
        inner = inner.children().get(0);
      }
      return "a list of " + inner.written();
    }
    String physical =
        isLeaf() ? String.valueOf(element.getType()) : "a group of " + children.size();
    if (element.isSetLogicalType()) {
      return physical + " (" + element.getLogicalType().getSetField() + ")";
    }
    return element.isSetConverted_type()
        ? physical + " (" + element.getConverted_type().name().toLowerCase(Locale.ROOT) + ")"
        : physical;
  }

  private static final class Cursor {
    private final List<SchemaElement> flat;
    private int next;
    private int leaves;

    Cursor(List<SchemaElement> flat) {
      this.flat = flat;
    }

    SchemaNode node(int depth) {
      if (depth > MOST_DEPTH) {
        throw new IllegalStateException("the schema is deeper than " + MOST_DEPTH);
      }
      SchemaElement element = flat.get(next++);
      int firstLeaf = leaves;
      List<SchemaNode> children = new ArrayList<>();
      for (int i = 0; i < element.getNum_children(); i++) {
        children.add(node(depth + 1));
      }
      if (children.isEmpty()) {
        leaves++;
      }
      return new SchemaNode(element, children, firstLeaf);
    }
  }
}
