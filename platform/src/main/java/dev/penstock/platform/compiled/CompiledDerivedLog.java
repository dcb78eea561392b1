package dev.penstock.platform.compiled;

import dev.penstock.data.RowTransform;
import dev.penstock.data.Schema;
import dev.penstock.feature.DerivedLog;
import org.jspecify.annotations.Nullable;

/**
 * The derived log of a feature view, which views chained to it read.
 *
 * @param upstream the view that makes it
 */
public record CompiledDerivedLog(CompiledView upstream) implements CompiledRows {
  @Override
  public String name() {
    return upstream.name();
  }

  @Override
  public Schema schema() {
    return DerivedLog.schema(upstream.view());
  }

  @Override
  public @Nullable String rootSource() {
    return upstream.input().rootSource();
  }

  @Override
  public @Nullable RowTransform fromRoot() {
    return upstream.input().fromRoot();
  }

  @Override
  public boolean isTimeless() {
    return false;
  }
}
