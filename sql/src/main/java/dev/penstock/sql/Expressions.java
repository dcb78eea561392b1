package dev.penstock.sql;

import dev.penstock.data.Expression;
import dev.penstock.data.Place;
import dev.penstock.data.Schema;
import dev.penstock.sql.internal.CompiledExpression;

/**
 * Compiles SQL scalar expressions ({@code delay >= 15}, {@code to_utc(date, zone)}) to loops over
 * columns. The language is described in {@code docs/reference/expressions.md}.
 */
public final class Expressions {
  private Expressions() {}

  /**
   * Compiles one expression over rows of {@code schema}. Names of columns are case-sensitive,
   * keywords and functions are not.
   *
   * @param place where the text's first character stands; errors point into it
   * @throws dev.penstock.data.PenstockException with one of {@code EXPRESSION_SYNTAX}, {@code
   *     COLUMN_NOT_FOUND}, {@code FUNCTION_NOT_FOUND}, {@code TYPE_MISMATCH}, {@code
   *     EXPRESSION_NOT_DETERMINISTIC}, {@code NOT_FOUND} (a lookup table) or {@code UNSUPPORTED}
   */
  public static Expression compile(String text, Schema schema, Lookups lookups, Place place) {
    return CompiledExpression.compile(text, schema, lookups, place);
  }
}
