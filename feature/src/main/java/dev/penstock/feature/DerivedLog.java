package dev.penstock.feature;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.internal.DerivedHistory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The log that a view makes, and that views chained to it read: one row for each row of the view,
 * with that row's times, position and id. It has the row's key, in columns named as the entity's
 * keys (whole numbers as int64), and the view's features at the row's event time + 1 µs, over the
 * rows applied up to and with this one; null where a feature is not {@link FeatureStatus#PRESENT}.
 * A row with a null key, or that the view's condition excludes, has none.
 *
 * <p>Rows are applied in this order: first those of history, then those that came live, either by
 * seen time, partition, offset. So what a row of the derived log says never changes.
 */
public final class DerivedLog {
  /** Changes when the same rows would make another derived log. */
  static final String SEMANTICS = "derived log 1";

  private DerivedLog() {}

  /**
   * The columns of a view's derived log, without the system columns.
   *
   * @throws PenstockException {@link ErrorCode#DEFINITION_DUPLICATE} if a feature has the name of a
   *     key
   */
  public static Schema schema(FeatureView view) {
    List<Field> fields = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Field key : view.entity().keys()) {
      keys.add(key.name());
      fields.add(
          Field.required(key.name(), key.type() == Scalar.INT32 ? Scalar.INT64 : key.type()));
    }
    for (Feature feature : view.features()) {
      if (keys.contains(feature.name())) {
        throw new PenstockException(
            ErrorCode.DEFINITION_DUPLICATE,
            "view '" + view.name() + "' has a feature and a key '" + feature.name() + "'",
            "name them apart, or read another view");
      }
      fields.add(Field.of(feature.name(), feature.type()));
    }
    return new Schema(fields);
  }

  /**
   * Makes the derived log of all rows at once, as {@link ViewState#derive} makes it row by row.
   * Takes as long as asking each row's question of a {@link ViewHistory}, and longer the more rows
   * of a key came after later ones.
   *
   * @param history S: rows below these positions are history
   * @param rows of the view's input, in any order; read once
   * @return the rows by key, those of a key by event time, partition, offset; with the system
   *     columns that the input has
   */
  public static Batch replay(FeatureView view, Positions history, Iterable<Batch> rows) {
    return DerivedHistory.of(view, history, rows);
  }

  /** The schema with all system columns. */
  public static Schema logSchema(FeatureView view) {
    return schema(view).with(SystemColumns.FIELDS);
  }
}
