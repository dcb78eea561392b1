package dev.penstock.feature;

import dev.penstock.data.EntityKey;
import dev.penstock.feature.internal.StateRead;
import java.util.List;

/**
 * A view's state as of one moment: answers key after key, and what is the same for all of them it
 * works out once. For one thread at a time.
 */
public final class ViewReading {
  private final StateRead read;

  ViewReading(StateRead read) {
    this.read = read;
  }

  /** The view's features for the key, in the view's order. */
  public List<FeatureValue> read(EntityKey key) {
    return read.read(key);
  }
}
