package dev.penstock.platform.compiled;

import dev.penstock.data.Expression;
import dev.penstock.data.RowTransform;
import dev.penstock.data.Schema;
import dev.penstock.platform.definition.TransformDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A transform, compiled.
 *
 * @param schema its output, without system columns
 * @param fromRoot from the accepted rows of {@code rootSource} to its own, through the transforms
 *     between; rows that it re-times carry their new event time. Null, as the root is, when it runs
 *     on the SQL engine
 * @param eventTime the event time of the SQL engine's rows, over the output; null for a row-wise
 *     transform, which has it in {@code fromRoot}, and when rows have none
 */
public record CompiledTransform(
    TransformDefinition definition,
    Schema schema,
    @Nullable String rootSource,
    @Nullable RowTransform fromRoot,
    @Nullable Expression eventTime,
    boolean isTimeless)
    implements CompiledRows {
  @Override
  public String name() {
    return definition.name();
  }

  /** Whether it gives each row by itself, on files and on push alike. */
  public boolean isRowWise() {
    return fromRoot != null;
  }
}
