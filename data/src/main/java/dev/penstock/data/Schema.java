package dev.penstock.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a batch or table, in order. Names are unique and case-sensitive. A field inside
 * another is a field of its own, named by its path: {@code payment.amount}.
 */
public final class Schema {
  private final List<Field> fields;
  private final Map<String, Integer> indexByName = new HashMap<>();

  /** What paths lead through: {@code a} and {@code a.b} of {@code a.b.c}. */
  private final Set<String> groups = new HashSet<>();

  public Schema(List<Field> fields) {
    this.fields = List.copyOf(fields);
    for (int i = 0; i < this.fields.size(); i++) {
      if (indexByName.put(this.fields.get(i).name(), i) != null) {
        throw new IllegalArgumentException("two fields are named '" + fields.get(i).name() + "'");
      }
      String path = this.fields.get(i).name();
      for (int end = path.indexOf('.'); end >= 0; end = path.indexOf('.', end + 1)) {
        groups.add(path.substring(0, end));
      }
    }
  }

  public static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  public List<Field> fields() {
    return fields;
  }

  public Field field(int index) {
    return fields.get(index);
  }

  /**
   * The field of that name.
   *
   * @throws PenstockException {@link ErrorCode#COLUMN_NOT_FOUND}
   */
  public Field field(String name) {
    return fields.get(require(name));
  }

  public int size() {
    return fields.size();
  }

  public boolean contains(String name) {
    return indexByName.containsKey(name);
  }

  /** Whether there are fields inside a field of that path. */
  public boolean containsGroup(String path) {
    return groups.contains(path);
  }

  /** The index of the field, or -1. */
  public int indexOf(String name) {
    return indexByName.getOrDefault(name, -1);
  }

  /**
   * The index of the field.
   *
   * @throws PenstockException {@link ErrorCode#COLUMN_NOT_FOUND}, naming the columns there are
   */
  public int require(String name) {
    Integer index = indexByName.get(name);
    if (index == null) {
      throw new PenstockException(
          ErrorCode.COLUMN_NOT_FOUND,
          "there is no column '" + name + "'",
          Suggestion.among(name, names()));
    }
    return index;
  }

  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  public Schema with(List<Field> more) {
    List<Field> all = new ArrayList<>(fields);
    all.addAll(more);
    return new Schema(all);
  }

  public Schema select(List<String> names) {
    return new Schema(names.stream().map(this::field).toList());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Schema schema && schema.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
