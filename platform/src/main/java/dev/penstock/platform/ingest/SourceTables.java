package dev.penstock.platform.ingest;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.TableChange;
import dev.penstock.lake.TableWrite;
import dev.penstock.source.Quarantined;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables a source has in the lake: its log, and what was refused of it. */
public final class SourceTables {
  private static final String QUARANTINE = "__quarantine";

  /** What a quarantined row is stored as. */
  public static final Schema QUARANTINE_SCHEMA =
      Schema.of(
          Field.required("reason", Scalar.STRING),
          Field.required("rule", Scalar.STRING),
          Field.required("message", Scalar.STRING),
          Field.required("place", Scalar.STRING),
          Field.of("id", Scalar.STRING),
          Field.required("values", Scalar.STRING),
          Field.required("refused_at", Scalar.TIMESTAMP));

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

  private static void append(ColumnBuilder builder, @Nullable Object value) {
    builder.append(value);
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
