package dev.penstock.source.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.source.ExtraColumns;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import java.util.ArrayList;
import java.util.List;

/** Brings raw rows into the columns, types and canonical values that a source declares. */
public final class Conforming {
  private Conforming() {}

  /**
   * The declared columns of all rows; rows with a value that does not fit are refused.
   *
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE} if a column is missing, unknown, or of a
   *     type that cannot be cast
   */
  public static Batch conform(SourceSpec source, RawRows raw, Verdicts verdicts) {
    checkColumns(source, raw.rows());
    for (RawRows.BrokenRow row : raw.broken()) {
      verdicts.refuseAny(row.row(), QuarantineReason.UNREADABLE_ROW, "", row::reason);
    }
    for (RawRows.UnreadableCell cell : raw.unreadable()) {
      if (source.columns().contains(cell.column())) {
        Type type = source.columns().field(cell.column()).type();
        refuseType(verdicts, cell.row(), cell.column(), cell.written(), type);
      }
    }
    List<Column> columns = new ArrayList<>(source.columns().size());
    for (Field field : source.columns().fields()) {
      int index = raw.rows().schema().indexOf(field.name());
      Column column =
          index < 0
              ? nulls(field.type(), raw.rows().rows())
              : cast(raw.rows().column(index), field, verdicts);
      if (!field.nullable()) {
        refuseNulls(column, field, verdicts);
      }
      columns.add(column);
    }
    return new Batch(source.columns(), columns);
  }

  /** Canonical NaN and zero; columns that hold no floats are returned as they are. */
  public static Column canonical(Column column) {
    if (column instanceof DoubleColumn doubles) {
      double[] values = doubles.values().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = Casts.canonical(values[i]);
      }
      return new DoubleColumn(column.type(), values, column.nulls());
    } else if (column instanceof FloatColumn floats) {
      float[] values = floats.values().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = Casts.canonical(values[i]);
      }
      return new FloatColumn(column.type(), values, column.nulls());
    } else if (column.type() instanceof Type.Vector) {
      return castEach(column, column.type(), (row, value) -> {});
    }
    return column;
  }

  private static void checkColumns(SourceSpec source, Batch raw) {
    for (Field field : source.columns().fields()) {
      int index = raw.schema().indexOf(field.name());
      if (index < 0) {
        if (!field.nullable()) {
          throw incompatible(
              source,
              "column '" + field.name() + "' is missing",
              Suggestion.among(field.name(), raw.schema().names()));
        }
        continue;
      }
      Type given = raw.schema().field(index).type();
      if (!Casts.possible(given, field.type())) {
        throw incompatible(
            source,
            "column '" + field.name() + "' is " + given + ", declared " + field.type(),
            "declare it " + given + ", or convert it");
      }
    }
    if (source.extraColumns() == ExtraColumns.REFUSE) {
      for (String name : raw.schema().names()) {
        if (!source.columns().contains(name)
            && !name.equals(RawRows.ID)
            && !name.equals(RawRows.SEEN_TIME)) {
          throw incompatible(
              source,
              "column '" + name + "' is not declared",
              Suggestion.among(name, source.columns().names())
                  + " Declare it, or set extra_columns: ignore");
        }
      }
    }
  }

  private static PenstockException incompatible(SourceSpec source, String what, String hint) {
    return new PenstockException(
        ErrorCode.SCHEMA_INCOMPATIBLE, "source '" + source.name() + "': " + what, hint);
  }

  private static Column cast(Column raw, Field field, Verdicts verdicts) {
    boolean vectorOfLength = field.type() instanceof Type.Vector vector && vector.length() > 0;
    if (raw.type().equals(field.type()) && !vectorOfLength) {
      return canonical(raw);
    }
    return castEach(
        raw,
        field.type(),
        (row, value) ->
            refuseType(
                verdicts, row, field.name(), RowJson.shown(value, raw.type()), field.type()));
  }

  private interface Misfit {
    void found(int row, Object value);
  }

  private static Column castEach(Column raw, Type type, Misfit misfit) {
    ColumnBuilder cast = ColumnBuilder.of(type, raw.size());
    for (int row = 0; row < raw.size(); row++) {
      Object value = raw.value(row);
      Object fitting = value == null ? null : Casts.cast(value, type);
      if (value != null && fitting == null) {
        misfit.found(row, value);
      }
      cast.append(fitting);
    }
    return cast.build();
  }

  private static void refuseType(
      Verdicts verdicts, int row, String column, String written, Type type) {
    verdicts.refuse(
        row,
        QuarantineReason.WRONG_TYPE,
        column,
        () -> column + " is " + shortened(written) + ", which is no " + type);
  }

  private static void refuseNulls(Column column, Field field, Verdicts verdicts) {
    boolean[] nulls = column.nulls();
    if (nulls == null) {
      return;
    }
    for (int row = 0; row < nulls.length; row++) {
      if (nulls[row]) {
        verdicts.refuse(
            row,
            QuarantineReason.NULL_VALUE,
            field.name(),
            () -> field.name() + " is null, but declared not null");
      }
    }
  }

  private static Column nulls(Type type, int rows) {
    ColumnBuilder builder = ColumnBuilder.of(type, rows);
    for (int row = 0; row < rows; row++) {
      builder.appendNull();
    }
    return builder.build();
  }

  private static String shortened(String text) {
    int most = 80;
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
