package dev.penstock.format;

import dev.penstock.data.Batch;
import java.util.List;

/** Applies {@link Condition}s to rows. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable"}) // until filled
public final class Conditions {
  private Conditions() {}

  /** The rows of the batch that meet all of them, in order; the batch itself if all rows do. */
  public static Batch filter(Batch batch, List<Condition> conditions) {
    throw new UnsupportedOperationException();
  }
}
