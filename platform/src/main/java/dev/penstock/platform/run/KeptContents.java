package dev.penstock.platform.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.data.Batch;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.lake.TableFiles;
import dev.penstock.lake.TableScan;
import dev.penstock.lake.TableSnapshot;
import dev.penstock.platform.ingest.SourceTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Which contents the rows of a lake are about, in any state that is kept. */
final class KeptContents {
  /** The property of a table whose column {@code sha256} names kept files. */
  private static final String MARK = "penstock.files";

  private static final String HASH = "sha256";
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeptContents() {}

  /** Says, in the table itself, that its rows need files, for as long as there is the table. */
  static void mark(LakeTable table) {
    if (!table.properties().containsKey(MARK)) {
      table.change().property(MARK, HASH).commit();
    }
  }

  /** The SHA-256 of all of them; what was refused is among them, as it may be accepted yet. */
  static Set<String> of(Lake lake) {
    Set<String> needed = new HashSet<>();
    for (String name : lake.tables()) {
      LakeTable table = lake.table(name);
      if (table.properties().containsKey(MARK)) {
        read(table, HASH, needed::add);
        String refused = SourceTables.quarantineName(name);
        if (lake.exists(refused)) {
          read(lake.table(refused), "values", values -> refused(values, needed));
        }
      }
    }
    return needed;
  }

  /** Every value that a column has in a state; files that are rows are read once. */
  private static void read(LakeTable table, String column, Consumer<String> values) {
    Set<Path> seen = new HashSet<>();
    List<TableSnapshot> newestFirst = new ArrayList<>(table.snapshots());
    Collections.reverse(newestFirst);
    for (TableSnapshot snapshot : newestFirst) {
      TableScan scan = table.scan().at(Ref.snapshot(snapshot.id())).columns(List.of(column));
      try (TableFiles files = scan.files()) {
        if (seen.containsAll(files.paths())) {
          continue;
        }
        try (BatchReader rows = scan.open()) {
          for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            for (int row = 0; row < batch.rows(); row++) {
              values.accept(String.valueOf(batch.column(0).value(row)));
            }
          }
        }
        if (files.exact()) {
          seen.addAll(files.paths());
        }
      }
    }
  }

  /** Of a row that could not be read, the values are no JSON and no bytes are kept. */
  private static void refused(String values, Set<String> needed) {
    try {
      JsonNode row = JSON.readTree(values);
      if (row != null && row.path(HASH).isTextual()) {
        needed.add(row.path(HASH).textValue());
      }
    } catch (JsonProcessingException path) {
      // The path of a file that was never kept.
    }
  }
}
