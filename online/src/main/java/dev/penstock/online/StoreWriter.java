package dev.penstock.online;

import dev.penstock.data.Fingerprint;
import dev.penstock.feature.StateWriter;
import org.jspecify.annotations.Nullable;

/** One commit to a store while it is being put together: all of it will be seen, or none. */
public interface StoreWriter {
  /**
   * Where the view's state is written, or null when the store does not keep the view up to date
   * yet: while its history is being filled in, rows reach it through the log. The states of two
   * views may be written side by side.
   */
  @Nullable StateWriter state(Fingerprint view);
}
