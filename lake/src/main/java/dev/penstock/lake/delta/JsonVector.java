package dev.penstock.lake.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of JSON as a column of the kernel. */
record JsonVector(DataType type, List<@Nullable JsonNode> values) implements ColumnVector {
  @Override
  public DataType getDataType() {
    return type;
  }

  @Override
  public int getSize() {
    return values.size();
  }

  @Override
  public void close() {}

  @Override
  public boolean isNullAt(int row) {
    JsonNode value = values.get(row);
    return value == null || value.isNull() || value.isMissingNode();
  }

  @Override
  public boolean getBoolean(int row) {
    return value(row).booleanValue();
  }

  @Override
  public int getInt(int row) {
    return value(row).intValue();
  }

  @Override
  public long getLong(int row) {
    return value(row).longValue();
  }

  @Override
  public String getString(int row) {
    JsonNode value = value(row);
    return value.isTextual() ? value.textValue() : value.toString();
  }

  @Override
  public MapValue getMap(int row) {
    MapType map = (MapType) type;
    List<@Nullable JsonNode> keys = new ArrayList<>();
    List<@Nullable JsonNode> held = new ArrayList<>();
    value(row)
        .properties()
        .forEach(
            entry -> {
              keys.add(TextNode.valueOf(entry.getKey()));
              held.add(entry.getValue());
            });
    return new MapValue() {
      @Override
      public int getSize() {
        return keys.size();
      }

      @Override
      public ColumnVector getKeys() {
        return new JsonVector(map.getKeyType(), keys);
      }

      @Override
      public ColumnVector getValues() {
        return new JsonVector(map.getValueType(), held);
      }
    };
  }

  @Override
  public ArrayValue getArray(int row) {
    List<@Nullable JsonNode> elements = new ArrayList<>();
    value(row).forEach(elements::add);
    return new ArrayValue() {
      @Override
      public int getSize() {
        return elements.size();
      }

      @Override
      public ColumnVector getElements() {
        return new JsonVector(((ArrayType) type).getElementType(), elements);
      }
    };
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    return child(((StructType) type).at(ordinal));
  }

  JsonVector child(StructField field) {
    List<@Nullable JsonNode> inside = new ArrayList<>(values.size());
    for (JsonNode value : values) {
      inside.add(value == null ? null : value.get(field.getName()));
    }
    return new JsonVector(field.getDataType(), inside);
  }

  private JsonNode value(int row) {
    JsonNode value = values.get(row);
    if (value == null) {
      throw new IllegalStateException("row " + row + " is null");
    }
    return value;
  }
}
