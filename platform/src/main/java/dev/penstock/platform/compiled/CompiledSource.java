package dev.penstock.platform.compiled;

import dev.penstock.data.RowTransform;
import dev.penstock.data.Schema;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.quality.Check;
import dev.penstock.source.SourceSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source, compiled.
 *
 * @param spec what acceptance does; null for a dimension, whose rows come with {@code apply}
 * @param schema declared and computed columns
 * @param checks on the accepted rows of a file
 */
public record CompiledSource(
    SourceDefinition definition, @Nullable SourceSpec spec, Schema schema, List<Check> checks)
    implements CompiledRows {
  public CompiledSource {
    checks = List.copyOf(checks);
  }

  /** Whether rows may be taken back and replaced. */
  public boolean hasChangingRows() {
    return spec != null && spec.changes() != null;
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public String rootSource() {
    return definition.name();
  }

  @Override
  public @Nullable RowTransform fromRoot() {
    return null;
  }

  @Override
  public boolean isTimeless() {
    return definition.isDimension();
  }
}
