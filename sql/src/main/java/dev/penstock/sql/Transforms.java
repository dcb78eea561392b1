package dev.penstock.sql;

import dev.penstock.data.Place;
import dev.penstock.data.RowTransform;
import dev.penstock.data.Schema;
import dev.penstock.sql.internal.CompiledTransform;

/** Compiles row-wise SQL: a projection and a filter of one input. */
public final class Transforms {
  private Transforms() {}

  /**
   * Compiles {@code SELECT expressions FROM input [WHERE condition]}. {@code *} stands for every
   * column of the input but the system columns; each other expression that is not a plain column
   * needs a name ({@code AS name}).
   *
   * @param inputName the one table the text may read
   * @param place where the text's first character stands; errors point into it
   * @throws dev.penstock.data.PenstockException as {@link Expressions#compile}; {@code UNSUPPORTED}
   *     when the text is not row-wise; {@code DEFINITION_DUPLICATE} for an output named twice
   */
  public static RowTransform rowWise(
      String sql, String inputName, Schema input, Lookups lookups, Place place) {
    return CompiledTransform.compile(sql, inputName, input, lookups, place);
  }
}
