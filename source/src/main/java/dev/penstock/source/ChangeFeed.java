package dev.penstock.source;

import dev.penstock.data.EntityKey;
import dev.penstock.data.Field;
import dev.penstock.data.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a source change. A row with the primary key of another takes its place; where a
 * column says so, it only takes it away. That is a change data feed in its flattened form, as
 * Debezium's {@code ExtractNewRecordState} gives it.
 *
 * @param primaryKey declared columns, of types that a key can have
 * @param operation the declared text column that says what a row does; without one every row is put
 * @param puts what it says of a row that comes in, in place of that of the same key if there is one
 * @param deletes what it says of a row that takes the one of the same key away
 */
public record ChangeFeed(
    List<String> primaryKey, @Nullable String operation, Set<String> puts, Set<String> deletes) {
  /** Debezium's codes of what was created, read in a snapshot, and updated. */
  public static final Set<String> PUTS = Set.of("c", "r", "u");

  /** Debezium's code of what was deleted. */
  public static final Set<String> DELETES = Set.of("d");

  public ChangeFeed {
    primaryKey = List.copyOf(primaryKey);
    puts = Set.copyOf(puts);
    deletes = Set.copyOf(deletes);
    if (primaryKey.isEmpty()) {
      throw new IllegalArgumentException("a primary key has a column");
    }
    if (puts.stream().anyMatch(deletes::contains)) {
      throw new IllegalArgumentException("a row cannot both come in and go: " + puts + deletes);
    }
  }

  /** A feed without deletions: each row takes the place of the one with the same key. */
  public static ChangeFeed upserts(String... primaryKey) {
    return new ChangeFeed(List.of(primaryKey), null, Set.of(), Set.of());
  }

  /** A feed with Debezium's codes in a column. */
  public static ChangeFeed debezium(String operation, String... primaryKey) {
    return new ChangeFeed(List.of(primaryKey), operation, PUTS, DELETES);
  }

  void check(Schema columns) {
    for (String column : primaryKey) {
      Field field = columns.field(column);
      if (!EntityKey.canHold(field.type())) {
        throw new IllegalArgumentException("no primary key can have " + field);
      }
    }
    if (operation != null) {
      columns.require(operation);
    }
  }
}
