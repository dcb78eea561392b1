package dev.penstock.sql;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.sql.internal.KeyIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A small table pinned in memory, found by its key. Immutable, thread-safe. */
public final class LookupTable {
  private final String name;
  private final Batch rows;
  private final String keyColumn;
  private final KeyIndex index;
  private final Map<String, Fingerprint> fingerprints = new ConcurrentHashMap<>();

  private LookupTable(String name, Batch rows, String keyColumn, KeyIndex index) {
    this.name = name;
    this.rows = rows;
    this.keyColumn = keyColumn;
    this.index = index;
  }

  /**
   * Pins a table.
   *
   * @param keyColumn a column of integers or strings, unique and without null
   * @throws PenstockException {@code COLUMN_NOT_FOUND}, {@code TYPE_MISMATCH}, or {@code
   *     DEFINITION_VALUE} for a key that is null or there twice
   */
  public static LookupTable of(String name, Batch rows, String keyColumn) {
    Column keys = rows.column(keyColumn);
    Type type = keys.type();
    if (type != Scalar.STRING && type != Scalar.INT32 && type != Scalar.INT64) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          "the key '" + keyColumn + "' of lookup table '" + name + "' is " + type,
          "a key is a string or an integer");
    }
    for (int i = 0; i < keys.size(); i++) {
      if (keys.isNull(i)) {
        throw new PenstockException(
            ErrorCode.DEFINITION_VALUE,
            "row " + (i + 1) + " of lookup table '" + name + "' has no '" + keyColumn + "'",
            "a key is never null");
      }
    }
    KeyIndex index = KeyIndex.of(keys);
    if (index == null) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          "lookup table '"
              + name
              + "' has two rows with the "
              + keyColumn
              + " '"
              + KeyIndex.duplicate(keys)
              + "'",
          "a key names one row");
    }
    return new LookupTable(name, rows, keyColumn, index);
  }

  public String name() {
    return name;
  }

  public Schema schema() {
    return rows.schema();
  }

  public String keyColumn() {
    return keyColumn;
  }

  public Batch rows() {
    return rows;
  }

  /** Where each key's row is; for the compiler. */
  public KeyIndex index() {
    return index;
  }

  /** Of one column's content by key; the order of rows does not matter. */
  public Fingerprint fingerprint(String column) {
    return fingerprints.computeIfAbsent(column, this::fingerprintOf);
  }

  private Fingerprint fingerprintOf(String column) {
    Column keys = rows.column(keyColumn);
    Column values = rows.column(column);
    List<String> parts = new ArrayList<>();
    parts.add(values.type().toString());
    for (int row : index.sorted()) {
      parts.add(text(keys.value(row)));
      parts.add(text(values.value(row)));
    }
    return Fingerprint.of(parts);
  }

  /** Equal for equal values, different for different ones of one type. */
  private static String text(@Nullable Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof String string) {
      return "'" + string;
    } else if (value instanceof Double number) {
      return Long.toHexString(Double.doubleToLongBits(number + 0.0));
    } else if (value instanceof Float number) {
      return Integer.toHexString(Float.floatToIntBits(number + 0.0f));
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof float[] vector) {
      int[] bits = new int[vector.length];
      Arrays.setAll(bits, i -> Float.floatToIntBits(vector[i]));
      return Arrays.toString(bits);
    }
    return value.toString();
  }
}
