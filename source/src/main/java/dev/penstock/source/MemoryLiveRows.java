package dev.penstock.source;

import dev.penstock.data.EntityKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link LiveRows} in memory; holds the batches of all rows that are live. Not thread-safe. */
public final class MemoryLiveRows implements LiveRows {
  private final Map<EntityKey, Live> rows = new HashMap<>();

  @Override
  public @Nullable Live find(EntityKey key) {
    return rows.get(key);
  }

  @Override
  public void put(EntityKey key, Live row) {
    rows.put(key, row);
  }

  @Override
  public void remove(EntityKey key) {
    rows.remove(key);
  }

  public int size() {
    return rows.size();
  }
}
