package dev.penstock.source;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.EntityKey;
import dev.penstock.data.Field;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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

  /** Which raw rows only take one away. */
  public boolean[] deletions(Batch raw) {
    boolean[] deletions = new boolean[raw.rows()];
    int column = operation == null ? -1 : raw.schema().indexOf(operation);
    for (int row = 0; column >= 0 && row < deletions.length; row++) {
      deletions[row] = deletes.contains(String.valueOf(raw.column(column).value(row)));
    }
    return deletions;
  }

  /** The accepted rows that came in, without the retractions among them. */
  public static Batch rowsPut(Batch accepted) {
    int column = accepted.schema().indexOf(SystemColumns.RETRACTS_OFFSET);
    if (column < 0) {
      return accepted;
    }
    Column retracts = accepted.column(column);
    return accepted.gather(IntStream.range(0, accepted.rows()).filter(retracts::isNull).toArray());
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
