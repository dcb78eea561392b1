package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Place;
import dev.penstock.platform.definition.ColumnDefinition;
import dev.penstock.platform.definition.SourceDefinition.Changes;
import dev.penstock.platform.definition.SourceDefinition.RowId;
import dev.penstock.platform.definition.Written;
import dev.penstock.source.ChangeFeed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads how the rows of a source change: {@code changes} and what it needs of other fields. */
final class ChangesReader {
  private static final String CHANGES = "changes";
  private static final String PRIMARY_KEY = "primary_key";
  private static final String UPSERTS = "upserts";
  private static final String PUTS = "puts";
  private static final String DELETES = "deletes";

  private ChangesReader() {}

  /** {@code upserts}, or {@code {operation: op, puts: [c, r, u], deletes: [d]}}. */
  static Optional<Changes> read(Fields fields) {
    if (fields.node(CHANGES) instanceof ScalarNode) {
      return fields
          .choice(CHANGES, List.of(UPSERTS))
          .map(upserts -> new Changes(null, Set.of(), Set.of()));
    }
    Optional<Fields> mapping = fields.mapping(CHANGES);
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Fields feed = mapping.get();
    Optional<Written> operation = feed.requiredText("operation");
    List<Written> puts = feed.texts(PUTS);
    List<Written> deletes = feed.texts(DELETES);
    if (feed.isEmpty(PUTS)) {
      fields
          .problems()
          .add(
              ErrorCode.DEFINITION_VALUE,
              feed.keyPlace(PUTS),
              "no row would ever come in: 'puts' is empty",
              "name what the operation column says of a row that comes in");
    }
    Set<String> coming = feed.has(PUTS) ? words(puts) : ChangeFeed.PUTS;
    Set<String> going = feed.has(DELETES) ? words(deletes) : ChangeFeed.DELETES;
    overlap(fields.problems(), feed, puts, deletes, coming, going);
    feed.finish();
    return operation.map(column -> new Changes(column, coming, going));
  }

  private static Set<String> words(List<Written> written) {
    Set<String> words = new LinkedHashSet<>();
    written.forEach(word -> words.add(word.text()));
    return words;
  }

  private static void overlap(
      Problems problems,
      Fields feed,
      List<Written> puts,
      List<Written> deletes,
      Set<String> coming,
      Set<String> going) {
    for (String word : going) {
      if (coming.contains(word)) {
        Place place =
            deletes.stream()
                .filter(written -> written.text().equals(word))
                .findFirst()
                .or(() -> puts.stream().filter(written -> written.text().equals(word)).findFirst())
                .map(Written::place)
                .orElse(feed.place());
        problems.add(
            ErrorCode.DEFINITION_VALUE,
            place,
            "'" + word + "' both puts a row and deletes it",
            "puts: " + sorted(coming) + "; deletes: " + sorted(going));
      }
    }
  }

  private static String sorted(Set<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }

  /** What changes, keys and ids need of each other, in a source that is no dimension. */
  static void judge(
      Fields fields,
      List<ColumnDefinition> columns,
      List<Written> primaryKey,
      @Nullable Changes changes,
      RowId id) {
    Problems problems = fields.problems();
    if (fields.has(CHANGES) && primaryKey.isEmpty()) {
      problems.add(
          ErrorCode.DEFINITION_MISSING_FIELD,
          fields.keyPlace(CHANGES),
          "a source whose rows change lacks a 'primary_key'",
          "name the columns by which a change finds its row");
    } else if (!fields.has(CHANGES) && !primaryKey.isEmpty()) {
      problems.add(
          ErrorCode.DEFINITION_MISSING_FIELD,
          fields.keyPlace(PRIMARY_KEY),
          "a 'primary_key' says nothing of rows that stay",
          "add changes: upserts if a row takes the place of the one with its key");
    }
    Shapes.unique(problems, "column of the primary key", primaryKey);
    List<String> key = primaryKey.stream().map(Written::text).toList();
    Written operation = changes == null ? null : changes.operation();
    if (operation != null) {
      References.known(
          problems,
          ErrorCode.COLUMN_NOT_FOUND,
          "column",
          operation,
          columns.stream().map(ColumnDefinition::name).toList());
      if (key.contains(operation.text())) {
        problems.add(
            ErrorCode.DEFINITION_VALUE,
            operation.place(),
            "'" + operation + "' says what a row does, and is of the primary key",
            "a deletion would never find its row; leave the column out of the key");
      }
    }
    if (changes != null && id instanceof RowId.InColumn in && key.contains(in.column().text())) {
      problems.add(
          ErrorCode.DEFINITION_VALUE,
          in.column().place(),
          "'" + in.column() + "' is the id of a change, and of the primary key",
          "every change of a row would have the id of the first; leave 'id' out, or name a column"
              + " that each change has its own value in");
    }
  }
}
