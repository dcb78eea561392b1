package dev.penstock.feature;

import dev.penstock.data.EntityKey;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import java.util.List;
import java.util.stream.Collectors;

/** A kind of thing that features describe, with the columns that name one of it. */
public record Entity(String name, List<Field> keys) {
  public Entity {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE, "entity '" + name + "' has no key", "name one key column");
    }
    for (Field key : keys) {
      if (!EntityKey.canHold(key.type())) {
        throw new PenstockException(
            ErrorCode.TYPE_MISMATCH,
            "key '" + key.name() + "' of entity '" + name + "' is " + key.type(),
            "a key is a string, int32, int64, boolean or date");
      }
    }
  }

  /** The canonical text: {@code airport(airport string)}. */
  public String text() {
    return name
        + keys.stream()
            .map(key -> key.name() + " " + key.type())
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
