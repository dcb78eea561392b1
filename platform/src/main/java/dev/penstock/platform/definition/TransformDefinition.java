package dev.penstock.platform.definition;

import dev.penstock.sql.Query;
import dev.penstock.sql.TableReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query over sources and transforms.
 *
 * @param sql the query as it is written, inline or in the file that {@code file:} names
 * @param query the same, read
 * @param eventTime re-times each row: over the columns of the input when the query is row-wise,
 *     over those of the output when not; null keeps the input's (row-wise) or says that rows have
 *     none (not row-wise)
 */
public record TransformDefinition(
    About about, Written sql, Query query, @Nullable Written eventTime) implements Definition {
  @Override
  public Kind kind() {
    return Kind.TRANSFORM;
  }

  /** The sources and transforms it reads, each once. */
  public List<String> inputs() {
    return query.tables().stream().map(TableReference::name).distinct().toList();
  }
}
