package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Place;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.sql.Query;
import dev.penstock.sql.SqlResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two states of all tables: columns, numbers of rows, and, where a table has a
 * key, how many keys came, went, or have other values. The key is the source's primary key, and
 * then only rows that count are compared; or else the rows' ids.
 */
final class VersionDiff {
  private final OpenProject project;

  VersionDiff(OpenProject project) {
    this.project = project;
  }

  /** By table, its snapshot; null where it was never written to. */
  Answer of(Map<String, @Nullable Long> from, Map<String, @Nullable Long> to) {
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer
            .table("tables")
            .heading("table")
            .heading("rows before")
            .heading("rows after")
            .heading("keys added")
            .heading("keys removed")
            .heading("keys changed")
            .heading("columns");
    TreeSet<String> names = new TreeSet<>(from.keySet());
    names.addAll(to.keySet());
    int same = 0;
    for (String name : names) {
      Change change = change(name, from.get(name), to.get(name));
      String columns =
          !from.containsKey(name)
              ? "new table"
              : !to.containsKey(name) ? "not there any more" : change.columns();
      if (change.isNone() && columns.isEmpty()) {
        same++;
        continue;
      }
      Keys keys = change.keys();
      table.row(
          name,
          change.before(),
          change.after(),
          keys == null ? null : keys.added(),
          keys == null ? null : keys.removed(),
          keys == null ? null : keys.changed(),
          columns);
    }
    return table.end().note("tables without a change: " + same).build();
  }

  private record Keys(long added, long removed, long changed) {}

  private record Change(
      long before, long after, @Nullable Keys keys, String columns, boolean isNone) {}

  private Change change(String name, @Nullable Long from, @Nullable Long to) {
    LakeTable table = project.lake().table(name);
    long before = rows(table, from);
    long after = rows(table, to);
    if ((from == null && to == null)
        || (from != null && to != null && content(table, from) == content(table, to))) {
      return new Change(before, after, null, "", true);
    }
    Schema schemaBefore = schema(table, from);
    Schema schemaAfter = schema(table, to);
    return new Change(
        before,
        after,
        keys(table, from, to, schemaBefore, schemaAfter),
        from == null || to == null ? "" : columns(schemaBefore, schemaAfter),
        false);
  }

  private static long rows(LakeTable table, @Nullable Long snapshot) {
    return snapshot == null ? 0 : table.snapshot(Ref.snapshot(snapshot)).rows();
  }

  private static long content(LakeTable table, long snapshot) {
    return table.snapshot(Ref.snapshot(snapshot)).content();
  }

  private static Schema schema(LakeTable table, @Nullable Long snapshot) {
    return snapshot == null ? table.schema() : table.scan().at(Ref.snapshot(snapshot)).schema();
  }

  private static String columns(Schema before, Schema after) {
    List<String> changes = new ArrayList<>();
    for (Field field : after.fields()) {
      int at = before.indexOf(field.name());
      if (at < 0) {
        changes.add("+" + field.name() + " " + field.type());
      } else if (!before.field(at).type().equals(field.type())) {
        changes.add(field.name() + " " + before.field(at).type() + " → " + field.type());
      }
    }
    for (Field field : before.fields()) {
      if (after.indexOf(field.name()) < 0) {
        changes.add("-" + field.name());
      }
    }
    return String.join(", ", changes);
  }

  private @Nullable Keys keys(
      LakeTable table,
      @Nullable Long from,
      @Nullable Long to,
      Schema schemaBefore,
      Schema schemaAfter) {
    List<String> key = SourceTables.primaryKey(table);
    if (key.isEmpty() && schemaBefore.contains(SystemColumns.ID)) {
      key = List.of(SystemColumns.ID);
    }
    if (key.isEmpty() || !schemaBefore.names().containsAll(key)) {
      return null;
    }
    List<String> compared =
        schemaAfter.names().stream()
            .filter(column -> schemaBefore.contains(column) && !SystemColumns.contains(column))
            .toList();
    String sql =
        "WITH sides AS ("
            + side(0, "old_rows", key, compared, schemaBefore)
            + " UNION ALL "
            + side(1, "new_rows", key, compared, schemaAfter)
            + "), keys AS (SELECT "
            + rows(0, "held_before", compared)
            + ", "
            + rows(1, "held_after", compared)
            + " FROM sides GROUP BY "
            + numbered("k", key)
            + ") SELECT count(*) FILTER (WHERE held_before IS NULL)::BIGINT AS added,"
            + " count(*) FILTER (WHERE held_after IS NULL)::BIGINT AS removed,"
            + " count(*) FILTER (WHERE held_before <> held_after)::BIGINT AS changed FROM keys";
    try (ReadTables tables =
            new ReadTables(project)
                .add("old_rows", table, from == null ? null : Ref.snapshot(from))
                .add("new_rows", table, to == null ? null : Ref.snapshot(to));
        SqlResult result =
            project
                .engine()
                .query(Query.parse(sql, Place.of("version diff")), tables.byView(), 1)) {
      Batch row = result.next();
      return row == null ? null : new Keys(number(row, 0), number(row, 1), number(row, 2));
    }
  }

  /** The rows that count, of one side; both sides have the wider of their types. */
  private static String side(
      int number, String view, List<String> key, List<String> compared, Schema schema) {
    String standing =
        schema.contains(SystemColumns.RETRACTS_OFFSET)
            ? " WHERE _retracts_offset IS NULL AND NOT EXISTS (SELECT 1 FROM "
                + view
                + " taken WHERE taken._retracts_partition = held._partition"
                + " AND taken._retracts_offset = held._offset)"
            : "";
    String values = compared.isEmpty() ? "" : ", " + aliased("v", compared);
    return "SELECT "
        + number
        + " AS side, "
        + aliased("k", key)
        + values
        + " FROM "
        + view
        + " held"
        + standing;
  }

  /** A number that tells a key's rows of one side from others; null where it has none. */
  private static String rows(int side, String name, List<String> compared) {
    return "sum(hash("
        + (compared.isEmpty() ? "1" : numbered("v", compared))
        + ")::HUGEINT) FILTER (WHERE side = "
        + side
        + ") AS "
        + name;
  }

  private static String aliased(String letter, List<String> columns) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> '"' + columns.get(i).replace("\"", "\"\"") + "\" AS " + letter + i)
        .collect(Collectors.joining(", "));
  }

  private static String numbered(String letter, List<String> columns) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> letter + i)
        .collect(Collectors.joining(", "));
  }

  private static long number(Batch row, int column) {
    return ((LongColumn) row.column(column)).values()[0];
  }
}
