package dev.penstock.format.internal.parquet;

import dev.penstock.data.Field;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file as we read it. What is inside a group is a column of its own.
 *
 * @param name its name, in a group its path: {@code payment.amount}
 * @param id its field id, or -1
 * @param source how it is read; null if it is of a type we do not read
 * @param written its type in Parquet's words, for errors
 */
public record ParquetColumn(String name, int id, @Nullable Source source, String written) {

  /**
   * Where a column's values are and what they become.
   *
   * @param field the column's name and natural type
   */
  public record Source(Field field, Decoding decoding, Leaf leaf) {

    /** Whether these are lists whose elements need no rounding to be a vector's. */
    public boolean isListOfFloats() {
      return decoding == Decoding.VECTOR
          && leaf.element().getType() == org.apache.parquet.format.Type.FLOAT;
    }
  }

  /** The column, or those inside of a group. */
  static List<ParquetColumn> of(SchemaNode node) {
    List<ParquetColumn> columns = new ArrayList<>();
    add(node, "", 0, columns);
    return columns;
  }

  private static void add(
      SchemaNode node, String before, int optionalGroups, List<ParquetColumn> to) {
    SchemaElement element = node.element();
    String name = before + element.getName();
    if (isGroup(node)) {
      boolean optional = element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
      for (SchemaNode child : node.children()) {
        add(child, name + ".", optionalGroups + (optional ? 1 : 0), to);
      }
    } else {
      int id = element.isSetField_id() ? element.getField_id() : -1;
      to.add(new ParquetColumn(name, id, source(name, node, optionalGroups), node.written()));
    }
  }

  /** Whether a node only holds others together: it is no list and no map. */
  private static boolean isGroup(SchemaNode node) {
    SchemaElement element = node.element();
    return !node.isLeaf()
        && element.getRepetition_type() != FieldRepetitionType.REPEATED
        && !element.isSetLogicalType()
        && !element.isSetConverted_type();
  }

  private static @Nullable Source source(String name, SchemaNode node, int optionalGroups) {
    FieldRepetitionType repetition = node.element().getRepetition_type();
    if (name.isBlank() || repetition == FieldRepetitionType.REPEATED) {
      return null;
    }
    int optionals = optionalGroups + (repetition == FieldRepetitionType.OPTIONAL ? 1 : 0);
    boolean nullable = optionals > 0;
    if (node.isLeaf()) {
      Leaf leaf = new Leaf(node.firstLeaf(), node.element(), 0, optionals);
      LogicalTypes.Reading reading = LogicalTypes.reading(node.element());
      return reading == null
          ? null
          : new Source(new Field(name, reading.type(), nullable), reading.decoding(), leaf);
    }
    SchemaNode element = vectorElement(node);
    if (element == null) {
      return null;
    }
    boolean elementNullable =
        element.element().getRepetition_type() == FieldRepetitionType.OPTIONAL;
    int maxDefinition = optionals + 1 + (elementNullable ? 1 : 0);
    Leaf leaf = new Leaf(element.firstLeaf(), element.element(), 1, maxDefinition);
    return new Source(new Field(name, new Type.Vector(0), nullable), Decoding.VECTOR, leaf);
  }

  /**
   * The element of a list of numbers, in its three-level form or the older one of two levels. Of a
   * repeated group with one field the format's rules for old lists say by its name whether it is
   * the middle level or an element that is a group.
   */
  private static @Nullable SchemaNode vectorElement(SchemaNode node) {
    if (!LogicalTypes.isList(node.element()) || node.children().size() != 1) {
      return null;
    }
    SchemaNode inner = node.children().get(0);
    if (inner.element().getRepetition_type() != FieldRepetitionType.REPEATED) {
      return null;
    }
    if (!inner.isLeaf()) {
      String name = inner.element().getName();
      if (inner.children().size() != 1
          || name.equals("array")
          || name.equals(node.element().getName() + "_tuple")) {
        return null;
      }
      inner = inner.children().get(0);
    }
    return inner.isLeaf() && LogicalTypes.isElement(inner.element()) ? inner : null;
  }
}
