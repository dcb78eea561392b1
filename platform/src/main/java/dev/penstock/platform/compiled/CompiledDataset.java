package dev.penstock.platform.compiled;

import dev.penstock.data.Expression;
import dev.penstock.platform.definition.DatasetDefinition;
import dev.penstock.quality.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset, compiled.
 *
 * @param where over the spine; null: all rows ask
 * @param labelValue over the rows of {@code labels}
 * @param joinColumns columns of the same name in both; empty: the rows' ids
 * @param checks on the dataset's feature columns
 */
public record CompiledDataset(
    DatasetDefinition definition,
    CompiledRows spine,
    @Nullable Expression where,
    CompiledRows labels,
    Expression labelValue,
    List<String> joinColumns,
    CompiledService service,
    List<Check> checks) {
  public CompiledDataset {
    joinColumns = List.copyOf(joinColumns);
    checks = List.copyOf(checks);
  }

  public String name() {
    return definition.name();
  }
}
