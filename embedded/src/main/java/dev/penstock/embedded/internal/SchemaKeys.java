package dev.penstock.embedded.internal;

import dev.penstock.data.Schema;
import java.util.HashMap;
import java.util.Map;

/** The schemas' keys in the log, worked out once each. For one thread. */
final class SchemaKeys {
  private static final int MOST_SCHEMAS = 1_000;

  private final Map<Schema, Long> keys = new HashMap<>();

  /** As {@link Meta#key}. */
  long of(Schema schema) {
    if (keys.size() >= MOST_SCHEMAS) {
      keys.clear();
    }
    return keys.computeIfAbsent(schema, Meta::key);
  }
}
