package dev.penstock.format;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.format.internal.Problems;
import dev.penstock.format.internal.Widening;
import dev.penstock.format.internal.parquet.ParquetBatches;
import dev.penstock.format.internal.parquet.ParquetColumn;
import dev.penstock.format.internal.parquet.ParquetFooter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to read of a Parquet file: refine, then {@link #open}. Without refinement all columns of
 * types we read, as the file has them. Immutable.
 */
public final class ParquetScan {
  private final Path path;
  private final ParquetFooter footer;
  private final Schema schema;

  /** Where the fields of the schema come from; null for one that the file lacks. */
  private final List<ParquetColumn.@Nullable Source> columns;

  private final List<Condition> conditions;

  private ParquetScan(
      Path path,
      ParquetFooter footer,
      Schema schema,
      List<ParquetColumn.@Nullable Source> columns,
      List<Condition> conditions) {
    this.path = path;
    this.footer = footer;
    this.schema = schema;
    this.columns = columns;
    this.conditions = conditions;
  }

  /**
   * Everything in the file at that path.
   *
   * @throws PenstockException {@code FILE_NOT_FOUND}, {@code FILE_CORRUPT}
   */
  public static ParquetScan of(Path path) {
    ParquetFooter footer = ParquetFooter.read(path);
    List<ParquetColumn.@Nullable Source> readable = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (ParquetColumn column : footer.columns()) {
      ParquetColumn.Source source = column.source();
      if (source != null) {
        readable.add(source);
        fields.add(source.field());
      }
    }
    return new ParquetScan(path, footer, new Schema(fields), readable, List.of());
  }

  /** The columns that {@link #open} reads. */
  public Schema schema() {
    return schema;
  }

  /** The names of all columns of the file, those of types we do not read included. */
  public List<String> fileColumns() {
    return footer.columns().stream().map(ParquetColumn::name).toList();
  }

  /** How many rows the file has. */
  public long fileRows() {
    return footer.rows();
  }

  /**
   * Only these columns, in this order, as the file has them.
   *
   * @throws PenstockException {@code COLUMN_NOT_FOUND}, {@code UNSUPPORTED}
   */
  public ParquetScan columns(List<String> names) {
    List<ParquetColumn.@Nullable Source> found = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (String name : names) {
      ParquetColumn.Source source = readable(byName(name));
      found.add(source);
      fields.add(source.field());
    }
    return new ParquetScan(path, footer, new Schema(fields), found, conditions);
  }

  /**
   * These columns, found by name, widened to these types.
   *
   * @throws PenstockException {@code COLUMN_NOT_FOUND}, {@code UNSUPPORTED}, {@code
   *     SCHEMA_INCOMPATIBLE}
   */
  public ParquetScan as(Schema wanted) {
    List<ParquetColumn.@Nullable Source> found = new ArrayList<>();
    for (Field field : wanted.fields()) {
      found.add(readable(byName(field.name()), field));
    }
    return new ParquetScan(path, footer, wanted, found, conditions);
  }

  /** These columns, found by field id, widened to these types; one the file lacks is null. */
  public ParquetScan as(Schema wanted, FieldIds ids) {
    List<ParquetColumn.@Nullable Source> found = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Optional<ParquetColumn> column = byId(ids.columns().get(i));
      found.add(column.isEmpty() ? null : readable(column.get(), wanted.field(i)));
    }
    return new ParquetScan(path, footer, wanted, found, conditions);
  }

  /**
   * Leaves out row groups and pages whose bounds say that no row meets all conditions. Rows that do
   * not are still returned: {@link Conditions} filters them. The columns must be among those read.
   */
  public ParquetScan where(List<Condition> all) {
    all.forEach(condition -> schema.require(condition.column()));
    return new ParquetScan(path, footer, schema, columns, List.copyOf(all));
  }

  /** Whether the file has a column of that field id. */
  public boolean has(int id) {
    return byId(id).isPresent();
  }

  /** Whether its columns bear field ids, at least one of them. */
  public boolean hasFieldIds() {
    return footer.columns().stream().anyMatch(column -> column.id() >= 0);
  }

  /** The same file with these field ids, by name of column, whatever ids it bears itself. */
  public ParquetScan withFieldIds(Map<String, Integer> ids) {
    return new ParquetScan(path, footer.withIds(ids), schema, columns, conditions);
  }

  /** Whether the file's own columns of these ids have these names and types. */
  public boolean holds(Schema wanted, FieldIds ids) {
    for (int i = 0; i < wanted.size(); i++) {
      ParquetColumn.Source source =
          byId(ids.columns().get(i)).map(ParquetColumn::source).orElse(null);
      if (source == null
          || !source.field().name().equals(wanted.field(i).name())
          || !sameStorage(source, wanted.field(i).type())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads the rows.
   *
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE}, here or while reading: a value is none
   *     of its column's type
   */
  public FileBatchReader open() {
    return new ParquetBatches(
        path,
        footer,
        schema,
        columns,
        conditions,
        row -> {
          throw Problems.incompatible(
              path, "row " + row.row() + ": " + row.reason(), "write the file anew");
        });
  }

  /**
   * Reads the rows but those with a list that is no vector: a null in it, or another length.
   *
   * @param badRows is told of each of them, before the batch of the rows after it is returned
   */
  public FileBatchReader open(Consumer<BadRow> badRows) {
    return new ParquetBatches(path, footer, schema, columns, conditions, badRows);
  }

  private static boolean sameStorage(ParquetColumn.Source source, Type wanted) {
    return wanted instanceof Type.Vector
        ? source.isListOfFloats()
        : source.field().type().equals(wanted);
  }

  private ParquetColumn byName(String name) {
    for (ParquetColumn column : footer.columns()) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    throw new PenstockException(
        ErrorCode.COLUMN_NOT_FOUND,
        Problems.place(path),
        "there is no column '" + name + "'",
        Suggestion.among(name, fileColumns()));
  }

  private Optional<ParquetColumn> byId(int id) {
    return footer.columns().stream().filter(column -> column.id() == id).findFirst();
  }

  private ParquetColumn.Source readable(ParquetColumn column) {
    ParquetColumn.Source source = column.source();
    if (source == null) {
      throw Problems.unsupported(
          path,
          "column '" + column.name() + "' is " + column.written() + ", which cannot be read",
          column.written().startsWith("a list")
              ? "a list is read when its elements are floats, doubles or integers"
              : "leave the column out or write it as another type");
    }
    return source;
  }

  private ParquetColumn.Source readable(ParquetColumn column, Field wanted) {
    ParquetColumn.Source source = readable(column);
    Type type = source.field().type();
    if (!Widening.possible(type, wanted.type())) {
      throw Problems.incompatible(
          path,
          "column '" + column.name() + "' is " + type + ", not " + wanted.type(),
          "declare it " + type + ", or write the file anew");
    }
    return source;
  }
}
