package dev.penstock.format.internal.wire;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Type;
import dev.penstock.format.SentRows.BadCell;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.jspecify.annotations.Nullable;

/** One column of an Arrow stream, grown batch by batch: its vector is filled anew for each. */
final class ArrowColumn {
  private final String path;
  private final Type type;
  private final FieldVector vector;
  private final List<StructVector> parents;
  private final @Nullable Dictionary dictionary;
  private final List<BadCell> bad;
  private final ColumnBuilder builder;

  private ArrowColumn(
      String path,
      FieldVector vector,
      List<StructVector> parents,
      @Nullable Dictionary dictionary,
      List<BadCell> bad) {
    this.path = path;
    this.vector = vector;
    this.parents = parents;
    this.dictionary = dictionary;
    this.bad = bad;
    this.type =
        ArrowTypes.type(
            path, dictionary == null ? vector.getField() : dictionary.getVector().getField());
    this.builder = ColumnBuilder.of(type, 1024);
  }

  static ArrowColumn of(
      String path,
      FieldVector vector,
      List<StructVector> parents,
      Map<Long, Dictionary> dictionaries,
      List<BadCell> bad) {
    DictionaryEncoding encoding = vector.getField().getDictionary();
    return new ArrowColumn(
        path, vector, parents, encoding == null ? null : dictionaries.get(encoding.getId()), bad);
  }

  String path() {
    return path;
  }

  Type type() {
    return type;
  }

  Column build() {
    return builder.build();
  }

  /**
   * @param before how many rows the stream had before this batch
   */
  void append(int rows, int before, BufferAllocator memory) {
    if (dictionary == null) {
      append(vector, rows, before);
      return;
    }
    try (ValueVector decoded = DictionaryEncoder.decode(vector, dictionary, memory)) {
      append(decoded, rows, before);
    }
  }

  private void append(ValueVector values, int rows, int before) {
    ArrowTypes.Cell cell = ArrowTypes.cell(values, builder);
    for (int row = 0; row < rows; row++) {
      if (isNull(values, row)) {
        builder.appendNull();
      } else if (!cell.append(row)) {
        builder.appendNull();
        bad.add(
            new BadCell(
                before + row,
                path,
                "a value that cannot be kept: an element that is none, or a moment out of range"));
      }
    }
  }

  private boolean isNull(ValueVector values, int row) {
    for (StructVector parent : parents) {
      if (parent.isNull(row)) {
        return true;
      }
    }
    return values.isNull(row);
  }
}
