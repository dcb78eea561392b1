package dev.penstock.training;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model was trained on: its inputs in order, with the dictionaries of the strings. Stored
 * with the model; a row is encoded by it in training and in serving alike. Thread-safe.
 */
public final class FeatureSchema {
  /** Larger values are taken as this one, and smaller ones than its negative as that. */
  public static final float LARGEST = 1e38f;

  private final List<ModelInput> columns;
  private final List<Map<String, Float>> codes;
  private final Map<String, Integer> indexByName = new HashMap<>();

  public FeatureSchema(List<ModelInput> columns) {
    this.columns = List.copyOf(columns);
    this.codes = this.columns.stream().map(FeatureSchema::codes).toList();
    for (int c = 0; c < this.columns.size(); c++) {
      String name = this.columns.get(c).name();
      if (indexByName.put(name, c) != null) {
        throw new PenstockException(
            ErrorCode.DEFINITION_DUPLICATE, "a model takes the feature '" + name + "' twice", "");
      }
    }
  }

  /**
   * The named columns of a table, their dictionaries still empty: what a {@link
   * FeatureMatrix.Builder} starts from.
   *
   * @throws PenstockException {@link ErrorCode#COLUMN_NOT_FOUND} or {@link ErrorCode#TYPE_MISMATCH}
   */
  public static FeatureSchema of(Schema schema, List<String> names) {
    return new FeatureSchema(
        names.stream().map(name -> ModelInput.numeric(name, schema.field(name).type())).toList());
  }

  public List<ModelInput> columns() {
    return columns;
  }

  public ModelInput column(int index) {
    return columns.get(index);
  }

  public int size() {
    return columns.size();
  }

  public List<String> names() {
    return columns.stream().map(ModelInput::name).toList();
  }

  /** The index of the feature, or -1. */
  public int indexOf(String name) {
    return indexByName.getOrDefault(name, -1);
  }

  /**
   * Encodes one value as {@link dev.penstock.data.Column#value} gives it: a boxed number, a
   * boolean, a string, or null.
   */
  public float encode(int column, @Nullable Object value) {
    if (value == null) {
      return Float.NaN;
    } else if (value instanceof Number number) {
      return bounded(number.floatValue());
    } else if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    } else if (value instanceof String text) {
      return codes.get(column).getOrDefault(text, Float.NaN);
    }
    throw new PenstockException(
        ErrorCode.TYPE_MISMATCH,
        "the feature '" + columns.get(column).name() + "' cannot be " + value.getClass().getName(),
        "it is " + columns.get(column).type());
  }

  /**
   * Encodes a row given by name. A null value is missing; a name that is no feature is passed over,
   * for a row may serve several models.
   *
   * @throws PenstockException {@link ErrorCode#COLUMN_NOT_FOUND} if the row lacks a feature
   */
  public float[] encode(Map<String, ? extends @Nullable Object> row) {
    float[] encoded = new float[size()];
    for (int c = 0; c < encoded.length; c++) {
      String name = columns.get(c).name();
      Object value = row.get(name);
      if (value == null && !row.containsKey(name)) {
        throw new PenstockException(
            ErrorCode.COLUMN_NOT_FOUND,
            "the row lacks the model's feature '" + name + "'",
            Suggestion.among(name, row.keySet()));
      }
      encoded[c] = encode(c, value);
    }
    return encoded;
  }

  /** Learners refuse infinities, and compute with twice the largest value; NaN stays NaN. */
  static float bounded(float value) {
    return Math.max(-LARGEST, Math.min(LARGEST, value));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureSchema schema && schema.columns.equals(columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  @Override
  public String toString() {
    return columns.toString();
  }

  private static Map<String, Float> codes(ModelInput column) {
    Map<String, Float> codes = new HashMap<>();
    for (String category : column.categories()) {
      codes.put(category, (float) codes.size());
    }
    return codes;
  }
}
