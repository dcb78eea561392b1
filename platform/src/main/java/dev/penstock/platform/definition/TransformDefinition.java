package dev.penstock.platform.definition;

import org.jspecify.annotations.Nullable;

/**
 * A query over sources and transforms.
 *
 * @param sql the query, inline or read from the file that {@code file:} names; its place is where
 *     its first character stands
 * @param eventTime an expression over the output that re-times each row; null keeps the input's
 *     (row-wise), or says that rows have none (not row-wise)
 */
public record TransformDefinition(About about, Written sql, @Nullable Written eventTime)
    implements Definition {
  @Override
  public Kind kind() {
    return Kind.TRANSFORM;
  }
}
