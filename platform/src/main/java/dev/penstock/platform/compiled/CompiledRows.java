package dev.penstock.platform.compiled;

import dev.penstock.data.RowTransform;
import dev.penstock.data.Schema;
import org.jspecify.annotations.Nullable;

/** Rows that views, datasets and labels read: of a source, a transform or (only views) a view. */
public sealed interface CompiledRows permits CompiledSource, CompiledTransform, CompiledDerivedLog {
  String name();

  /** The columns, without the system columns. */
  Schema schema();

  /**
   * The source whose accepted rows these are made of, row by row; null when they are not (the
   * transform runs on the SQL engine).
   */
  @Nullable String rootSource();

  /**
   * From the root source's accepted rows to these; null for the source's rows as they are. To those
   * of a view's derived log it leads as far as the rows of the first view.
   */
  @Nullable RowTransform fromRoot();

  /** Whether rows have no event time: they hold from the beginning, as those of a dimension do. */
  boolean isTimeless();
}
