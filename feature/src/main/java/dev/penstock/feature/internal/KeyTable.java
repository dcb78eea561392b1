package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.EntityKey;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the keys of an entity from 0 in the order they are first met. Nothing is allocated per
 * row; the same values are one key as {@link EntityKey} has it.
 */
final class KeyTable {
  /** The number of a key that is null or was never met. */
  static final int NONE = -1;

  private static final int INITIAL_KEYS = 64;

  private final List<Field> fields;

  /** Whether a key is one number: then it is compared without its hash. */
  private final boolean isNumber;

  /** Per key column the values by number: texts of strings, else numbers. */
  private final @Nullable Object[][] texts;

  private final long[][] numbers;
  private int[] hashes = new int[INITIAL_KEYS];

  /** Open addressing: a key's number + 1, 0 where free. */
  private int[] table = new int[2 * INITIAL_KEYS];

  private int size;

  KeyTable(List<Field> fields) {
    this.fields = fields;
    this.isNumber = fields.size() == 1 && !isText(fields.get(0));
    this.texts = new Object[fields.size()][INITIAL_KEYS];
    this.numbers = new long[fields.size()][INITIAL_KEYS];
  }

  int size() {
    return size;
  }

  /** The numbers of the keys in these columns; keys not met before get one. */
  int[] intern(List<Column> columns, int rows) {
    Values values = new Values(columns, rows);
    int[] ids = new int[rows];
    for (int row = 0; row < rows; row++) {
      if (values.isNull(row)) {
        ids[row] = NONE;
        continue;
      }
      int place = place(values, row);
      if (table[place] == 0) {
        table[place] = add(values, row) + 1;
        ids[row] = size - 1;
        if (size * 2 > table.length) {
          rehash();
        }
      } else {
        ids[row] = table[place] - 1;
      }
    }
    return ids;
  }

  /** The numbers of the keys in these columns, {@link #NONE} for a key not met. */
  int[] find(List<Column> columns, int rows) {
    Values values = new Values(columns, rows);
    int[] ids = new int[rows];
    for (int row = 0; row < rows; row++) {
      // A free place holds 0, which gives NONE.
      ids[row] = values.isNull(row) ? NONE : table[place(values, row)] - 1;
    }
    return ids;
  }

  EntityKey key(int id) {
    Object[] values = new Object[fields.size()];
    for (int c = 0; c < values.length; c++) {
      values[c] =
          isText(c)
              ? requireNonNull(texts[c][id])
              : fields.get(c).type() == Scalar.BOOLEAN
                  ? (Object) (numbers[c][id] != 0)
                  : (Object) numbers[c][id];
    }
    return EntityKey.of(values);
  }

  private boolean isText(int column) {
    return isText(fields.get(column));
  }

  private static boolean isText(Field field) {
    return field.type() == Scalar.STRING;
  }

  private int place(Values values, int row) {
    int mask = table.length - 1;
    int place = values.hashes[row] & mask;
    while (table[place] != 0 && !values.equal(row, table[place] - 1)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private int add(Values values, int row) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      for (int c = 0; c < fields.size(); c++) {
        texts[c] = Arrays.copyOf(texts[c], 2 * size);
        numbers[c] = Arrays.copyOf(numbers[c], 2 * size);
      }
    }
    hashes[size] = values.hashes[row];
    for (int c = 0; c < fields.size(); c++) {
      if (isText(c)) {
        texts[c][size] = values.texts[c][row];
      } else {
        numbers[c][size] = values.numbers[c][row];
      }
    }
    return size++;
  }

  private void rehash() {
    table = new int[2 * table.length];
    int mask = table.length - 1;
    for (int id = 0; id < size; id++) {
      int place = hashes[id] & mask;
      while (table[place] != 0) {
        place = (place + 1) & mask;
      }
      table[place] = id + 1;
    }
  }

  /** The key columns of some rows, in the form the table compares. */
  private final class Values {
    final @Nullable Object[][] texts = new Object[fields.size()][];
    final long[][] numbers = new long[fields.size()][];
    private final boolean[] nulls;
    final int[] hashes;

    Values(List<Column> columns, int rows) {
      if (columns.size() != fields.size()) {
        throw new IllegalArgumentException(columns.size() + " key columns for " + fields);
      }
      hashes = new int[rows];
      nulls = new boolean[rows];
      for (int c = 0; c < fields.size(); c++) {
        Column column = columns.get(c);
        boolean[] flags = column.nulls();
        for (int row = 0; flags != null && row < rows; row++) {
          nulls[row] |= flags[row];
        }
        if (isText(c)) {
          texts[c] = textsOf(fields.get(c), column);
          for (int row = 0; row < rows; row++) {
            Object text = texts[c][row];
            mix(row, text == null ? 0 : text.hashCode());
          }
        } else {
          long[] values = numbersOf(fields.get(c), column);
          numbers[c] = values;
          for (int row = 0; row < rows; row++) {
            mix(row, Long.hashCode(values[row]));
          }
        }
      }
    }

    private void mix(int row, int hash) {
      int mixed = (hashes[row] * 31 + hash) * 0x9E3779B9;
      hashes[row] = mixed ^ (mixed >>> 15);
    }

    boolean isNull(int row) {
      return nulls[row];
    }

    boolean equal(int row, int id) {
      if (isNumber) {
        return numbers[0][row] == KeyTable.this.numbers[0][id];
      }
      if (hashes[row] != KeyTable.this.hashes[id]) {
        return false;
      }
      for (int c = 0; c < fields.size(); c++) {
        boolean same =
            isText(c)
                ? requireNonNull(texts[c][row]).equals(KeyTable.this.texts[c][id])
                : numbers[c][row] == KeyTable.this.numbers[c][id];
        if (!same) {
          return false;
        }
      }
      return true;
    }
  }

  private static @Nullable Object[] textsOf(Field field, Column column) {
    if (column instanceof ObjectColumn objects && column.type() == Scalar.STRING) {
      return objects.values();
    }
    throw mismatch(field, column);
  }

  private static long[] numbersOf(Field field, Column column) {
    boolean whole = field.type() == Scalar.INT32 || field.type() == Scalar.INT64;
    if (whole && column instanceof LongColumn longs && column.type() == Scalar.INT64) {
      return longs.values();
    } else if (column instanceof IntColumn ints
        && (whole ? column.type() == Scalar.INT32 : column.type() == field.type())) {
      int[] values = ints.values();
      long[] numbers = new long[values.length];
      for (int row = 0; row < values.length; row++) {
        numbers[row] = values[row];
      }
      return numbers;
    } else if (column instanceof BooleanColumn flags && field.type() == Scalar.BOOLEAN) {
      boolean[] values = flags.values();
      long[] numbers = new long[values.length];
      for (int row = 0; row < values.length; row++) {
        numbers[row] = values[row] ? 1 : 0;
      }
      return numbers;
    }
    throw mismatch(field, column);
  }

  private static PenstockException mismatch(Field field, Column column) {
    return new PenstockException(
        ErrorCode.TYPE_MISMATCH,
        "key '" + field.name() + "' is " + field.type() + ", its column is " + column.type(),
        "give a column of the key's type");
  }
}
