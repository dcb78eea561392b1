package dev.penstock.format;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.format.internal.ParquetBatches;
import dev.penstock.format.internal.ParquetColumn;
import dev.penstock.format.internal.ParquetFooter;
import dev.penstock.format.internal.Problems;
import dev.penstock.format.internal.Widening;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
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
  private final List<@Nullable ParquetColumn> columns;

  private final List<Condition> conditions;

  private ParquetScan(
      Path path,
      ParquetFooter footer,
      Schema schema,
      List<@Nullable ParquetColumn> columns,
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
    List<@Nullable ParquetColumn> readable = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (ParquetColumn column : footer.columns()) {
      if (column.field() != null) {
        readable.add(column);
        fields.add(column.field());
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
    return footer.rowGroups().stream().mapToLong(BlockMetaData::getRowCount).sum();
  }

  /**
   * Only these columns, in this order, as the file has them.
   *
   * @throws PenstockException {@code COLUMN_NOT_FOUND}, {@code UNSUPPORTED}
   */
  public ParquetScan columns(List<String> names) {
    List<@Nullable ParquetColumn> found = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (String name : names) {
      ParquetColumn column = byName(name);
      found.add(column);
      fields.add(readable(column));
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
    List<@Nullable ParquetColumn> found = new ArrayList<>();
    for (Field field : wanted.fields()) {
      ParquetColumn column = byName(field.name());
      checkType(column, field);
      found.add(column);
    }
    return new ParquetScan(path, footer, wanted, found, conditions);
  }

  /** These columns, found by field id, widened to these types; one the file lacks is null. */
  public ParquetScan as(Schema wanted, FieldIds ids) {
    List<@Nullable ParquetColumn> found = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Optional<ParquetColumn> column = byId(ids.columns().get(i));
      if (column.isPresent()) {
        checkType(column.get(), wanted.field(i));
      }
      found.add(column.orElse(null));
    }
    return new ParquetScan(path, footer, wanted, found, conditions);
  }

  /**
   * Leaves out row groups whose statistics say that no row meets all conditions. Rows that do not
   * are still returned: {@link Conditions} filters them. The columns must be among those read.
   */
  public ParquetScan where(List<Condition> all) {
    all.forEach(condition -> schema.require(condition.column()));
    return new ParquetScan(path, footer, schema, columns, List.copyOf(all));
  }

  /** Whether the file's own columns of these ids have these names and types. */
  public boolean holds(Schema wanted, FieldIds ids) {
    for (int i = 0; i < wanted.size(); i++) {
      Field field = byId(ids.columns().get(i)).map(ParquetColumn::field).orElse(null);
      if (field == null
          || !field.name().equals(wanted.field(i).name())
          || !sameStorage(field, wanted.field(i))) {
        return false;
      }
    }
    return true;
  }

  public FileBatchReader open() {
    return new ParquetBatches(path, footer, schema, columns, conditions);
  }

  private static boolean sameStorage(Field a, Field b) {
    return a.type().equals(b.type())
        || (a.type() instanceof dev.penstock.data.Type.Vector
            && b.type() instanceof dev.penstock.data.Type.Vector);
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

  private Field readable(ParquetColumn column) {
    if (column.field() == null) {
      throw Problems.unsupported(
          path,
          "column '" + column.name() + "' is " + column.written() + ", which cannot be read",
          column.written().startsWith("INT96")
              ? "write timestamps as INT64 microseconds"
              : "leave the column out or write it as another type");
    }
    return Objects.requireNonNull(column.field());
  }

  private void checkType(ParquetColumn column, Field wanted) {
    Field field = readable(column);
    if (!Widening.possible(field.type(), wanted.type())) {
      throw Problems.incompatible(
          path,
          "column '" + column.name() + "' is " + field.type() + ", not " + wanted.type(),
          "declare it " + field.type() + ", or write the file anew");
    }
  }
}
