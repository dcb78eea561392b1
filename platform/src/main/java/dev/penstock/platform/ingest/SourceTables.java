package dev.penstock.platform.ingest;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.TableChange;
import dev.penstock.lake.TableWrite;
import dev.penstock.source.ChangeFeed;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.Quarantined;
import dev.penstock.source.SourceSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables a source has in the lake: its log, and what was refused of it. */
public final class SourceTables {
  private static final String QUARANTINE = "__quarantine";
  private static final String REFUSED_AT = "refused_at";

  /** The property of a log table that says by which key its rows change; none where they stay. */
  private static final String PRIMARY_KEY = "penstock.primary_key";

  /** What a quarantined row is stored as. */
  public static final Schema QUARANTINE_SCHEMA =
      Schema.of(
          Field.required("reason", Scalar.STRING),
          Field.required("rule", Scalar.STRING),
          Field.required("message", Scalar.STRING),
          Field.required("place", Scalar.STRING),
          Field.of("id", Scalar.STRING),
          Field.required("values", Scalar.STRING),
          Field.required(REFUSED_AT, Scalar.TIMESTAMP));

  private SourceTables() {}

  /**
   * The log table of an applied source.
   *
   * @throws PenstockException {@code NOT_APPLIED}
   */
  public static LakeTable log(Lake lake, String source) {
    if (!lake.exists(source)) {
      throw new PenstockException(
          ErrorCode.NOT_APPLIED,
          "source '" + source + "' has no table yet",
          "run penstock apply; " + Suggestion.among(source, lake.tables()));
    }
    return lake.table(source);
  }

  /** How far the lake has the source's log. */
  public static Positions positions(LakeTable log) {
    return log.property(TableWrite.POSITIONS).map(Positions::parse).orElse(Positions.NONE);
  }

  /** The table of refused rows, made when the first is refused. */
  public static LakeTable quarantine(Lake lake, String source) {
    String name = quarantineName(source);
    return lake.exists(name) ? lake.table(name) : lake.create(name, QUARANTINE_SCHEMA);
  }

  public static String quarantineName(String source) {
    return source + QUARANTINE;
  }

  /** Refused rows as rows of the table. */
  public static Batch batch(List<Quarantined> rows) {
    List<ColumnBuilder> builders = new ArrayList<>();
    QUARANTINE_SCHEMA
        .fields()
        .forEach(field -> builders.add(ColumnBuilder.of(field.type(), rows.size())));
    for (Quarantined row : rows) {
      Object[] values = {
        row.reason().name(),
        row.rule(),
        row.message(),
        row.place(),
        row.id(),
        row.values(),
        row.time()
      };
      for (int i = 0; i < values.length; i++) {
        append(builders.get(i), values[i]);
      }
    }
    return new Batch(QUARANTINE_SCHEMA, builders.stream().map(ColumnBuilder::build).toList());
  }

  /** The rows of the table that were refused at a time or later. */
  public static Set<Quarantined> quarantined(LakeTable table, String source, long from) {
    Set<Quarantined> found = new HashSet<>();
    try (BatchReader rows = table.scan().where(Condition.atLeast(REFUSED_AT, from)).open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          found.add(
              new Quarantined(
                  source,
                  QuarantineReason.valueOf(text(batch, "reason", row)),
                  text(batch, "rule", row),
                  text(batch, "message", row),
                  text(batch, "place", row),
                  (@Nullable String) batch.column("id").value(row),
                  text(batch, "values", row),
                  ((LongColumn) batch.column(REFUSED_AT)).values()[row]));
        }
      }
    }
    return found;
  }

  private static String text(Batch batch, String column, int row) {
    return String.valueOf(batch.column(column).value(row));
  }

  /**
   * The table that rows of this schema belong to: {@code name}, or, where columns of that one have
   * other types, {@code name__2} and so on. It need not be there yet.
   */
  public static String fitting(Lake lake, String name, Schema rows) {
    return tables(name)
        .filter(table -> !lake.exists(table) || fits(lake.table(table).schema(), rows))
        .findFirst()
        .orElseThrow();
  }

  /** The tables that there are of a name, see {@link #fitting}. */
  public static List<String> all(Lake lake, String name) {
    return tables(name).takeWhile(lake::exists).toList();
  }

  private static Stream<String> tables(String name) {
    return IntStream.iterate(1, n -> n + 1).mapToObj(n -> n == 1 ? name : name + "__" + n);
  }

  private static boolean fits(Schema table, Schema rows) {
    return rows.fields().stream()
        .allMatch(
            field -> {
              int at = table.indexOf(field.name());
              return at < 0 || table.field(at).type().equals(field.type());
            });
  }

  private static void append(ColumnBuilder builder, @Nullable Object value) {
    builder.append(value);
  }

  /** Whether a source has a log table whose rows change by another key than it says now. */
  public static boolean changesOtherwise(Lake lake, SourceSpec source) {
    return lake.exists(source.name())
        && !lake.table(source.name())
            .properties()
            .getOrDefault(PRIMARY_KEY, "")
            .equals(primaryKey(source));
  }

  /** The key by which the rows of a log table change; empty where they stay. */
  public static List<String> primaryKey(LakeTable log) {
    String written = log.properties().getOrDefault(PRIMARY_KEY, "");
    return written.isEmpty() ? List.of() : List.of(written.split(", ", -1));
  }

  private static String primaryKey(SourceSpec source) {
    ChangeFeed changes = source.changes();
    return changes == null ? "" : String.join(", ", changes.primaryKey());
  }

  /**
   * Gives a source its log table, as {@link #ensure} does, and notes by which key its rows change.
   *
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE} also when it has rows, accepted when they
   *     stayed or changed by another key: what took which one's place cannot be told of them
   */
  public static String ensureLog(Lake lake, SourceSpec source) {
    boolean otherwise = changesOtherwise(lake, source);
    if (otherwise && lake.table(source.name()).currentSnapshot().isPresent()) {
      String before = lake.table(source.name()).properties().getOrDefault(PRIMARY_KEY, "");
      throw new PenstockException(
          ErrorCode.SCHEMA_INCOMPATIBLE,
          "source '"
              + source.name()
              + "' has rows that "
              + (before.isEmpty() ? "stay" : "change by " + before)
              + ", and is to have rows that "
              + (source.changes() == null ? "stay" : "change by " + primaryKey(source)),
          "give the changed source another name, and take its rows in anew");
    }
    String done = ensure(lake, source.name(), source.acceptedSchema());
    if (changesOtherwise(lake, source)) {
      lake.table(source.name()).change().property(PRIMARY_KEY, primaryKey(source)).commit();
    }
    return done;
  }

  /**
   * Gives a source the table it needs: makes it, or adds the columns that are new.
   *
   * @return what was done, for the person who applies; empty when there was nothing to do
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE} when a column changed its type
   */
  public static String ensure(Lake lake, String name, Schema wanted) {
    if (!lake.exists(name)) {
      lake.create(name, wanted);
      return "created table " + name;
    }
    LakeTable table = lake.table(name);
    TableChange change = table.change();
    List<String> added = new ArrayList<>();
    for (Field field : wanted.fields()) {
      int at = table.schema().indexOf(field.name());
      if (at < 0) {
        change = change.add(Field.of(field.name(), field.type()));
        added.add(field.name());
      } else if (!table.schema().field(at).type().equals(field.type())) {
        throw new PenstockException(
            ErrorCode.SCHEMA_INCOMPATIBLE,
            "column '"
                + field.name()
                + "' of '"
                + name
                + "' is "
                + table.schema().field(at).type()
                + " in the lake and "
                + field.type()
                + " in its definition",
            "give the column another name, or keep its type");
      }
    }
    if (added.isEmpty()) {
      return "";
    }
    change.commit();
    return "added " + String.join(", ", added) + " to table " + name;
  }
}
