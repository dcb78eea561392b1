package dev.penstock.lake.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.format.FieldIds;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.ParquetScan;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.Deletes;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of one file are deleted: by position (deletion vectors, and files of positions as
 * format v2 has them) and by the values of some columns. Source: the Iceberg table specification,
 * "Row-level deletes".
 */
public final class DeletedRows {
  /** Rows that have these values in these columns. */
  private record ByValue(List<String> columns, Set<List<@Nullable Object>> values) {}

  private static final String PATH = "file_path";
  private static final String POSITION = "pos";

  private final Table table;
  private final List<PositionDeleteIndex> positions = new ArrayList<>();
  private final List<ByValue> values = new ArrayList<>();

  /** Columns that rows are told apart by, whether or not anybody asked for them. */
  private final List<Types.NestedField> columns = new ArrayList<>();

  private DeletedRows(Table table) {
    this.table = table;
  }

  /** Reads what was deleted of a file; null where nothing was. */
  public static @Nullable DeletedRows of(Table table, PlannedFiles.Planned planned) {
    if (planned.deletes().isEmpty()) {
      return null;
    }
    DeletedRows deleted = new DeletedRows(table);
    for (DeleteFile file : planned.deletes()) {
      if (file.format() == FileFormat.PUFFIN) {
        deleted.positions.add(vector(table, file));
      } else if (file.format() != FileFormat.PARQUET) {
        throw new PenstockException(
            ErrorCode.UNSUPPORTED,
            "rows of '"
                + table.name()
                + "' were deleted by "
                + file.location()
                + ", which is not Parquet",
            "compact the table with the engine that deleted them");
      } else if (file.content() == FileContent.POSITION_DELETES) {
        deleted.readPositions(file, planned.file().location());
      } else {
        deleted.readValues(file);
      }
    }
    return deleted;
  }

  private static PositionDeleteIndex vector(Table table, DeleteFile file) {
    byte[] bytes = new byte[Math.toIntExact(requireNonNull(file.contentSizeInBytes()))];
    try (SeekableInputStream in = table.io().newInputFile(file.location()).newStream()) {
      in.seek(requireNonNull(file.contentOffset()));
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new EOFException(file.location() + " ends within a deletion vector");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PositionDeleteIndex.deserialize(bytes, file);
  }

  private void readPositions(DeleteFile file, String location) {
    Path of = LocalFileIo.path(location);
    ParquetScan scan =
        ParquetScan.of(LocalFileIo.path(file.location())).columns(List.of(PATH, POSITION));
    List<PositionDelete<?>> found = new ArrayList<>();
    try (BatchReader reader = scan.open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        ObjectColumn paths = (ObjectColumn) batch.column(PATH);
        long[] rows = ((LongColumn) batch.column(POSITION)).values();
        for (int row = 0; row < rows.length; row++) {
          if (LocalFileIo.path(requireNonNull(paths.string(row))).equals(of)) {
            found.add(PositionDelete.create().set(location, rows[row]));
          }
        }
      }
    }
    positions.add(Deletes.toPositionIndex(location, CloseableIterable.withNoopClose(found), file));
  }

  private void readValues(DeleteFile file) {
    List<Types.NestedField> fields = file.equalityFieldIds().stream().map(this::field).toList();
    fields.stream().filter(field -> !columns.contains(field)).forEach(columns::add);
    Set<List<@Nullable Object>> deleted = new HashSet<>();
    ParquetScan scan =
        ParquetScan.of(LocalFileIo.path(file.location())).as(schema(fields), ids(fields));
    try (BatchReader reader = scan.open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          deleted.add(KeyValues.of(batch.columns(), row));
        }
      }
    }
    values.add(new ByValue(schema(fields).names(), deleted));
  }

  /** A column as the table has it now, or had it before it was dropped. */
  private Types.NestedField field(int id) {
    Types.NestedField now = table.schema().findField(id);
    return now != null
        ? now
        : table.schemas().values().stream()
            .map(schema -> schema.findField(id))
            .filter(field -> field != null)
            .findFirst()
            .orElseThrow(
                () ->
                    new PenstockException(
                        ErrorCode.FILE_CORRUPT,
                        "rows of '" + table.name() + "' are deleted by an unknown column " + id,
                        "restore the table's metadata"));
  }

  /** Under names of their own: a dropped column's name may be that of another one now. */
  private static Schema schema(List<Types.NestedField> fields) {
    Schema types = IcebergSchemas.of(new org.apache.iceberg.Schema(fields));
    List<Field> named = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      named.add(Field.of("_field_" + fields.get(i).fieldId(), types.field(i).type()));
    }
    return new Schema(named);
  }

  private static FieldIds ids(List<Types.NestedField> fields) {
    return IcebergSchemas.ids(
        new org.apache.iceberg.Schema(fields),
        fields.stream().map(Types.NestedField::name).toList());
  }

  /** The schema with the columns added that {@link #standing} needs. */
  public Schema with(Schema needed) {
    return columns.isEmpty() ? needed : needed.with(schema(columns).fields());
  }

  public FieldIds with(FieldIds needed) {
    if (columns.isEmpty()) {
      return needed;
    }
    List<Integer> all = new ArrayList<>(needed.columns());
    List<Integer> elements = new ArrayList<>(needed.elements());
    all.addAll(ids(columns).columns());
    elements.addAll(ids(columns).elements());
    return new FieldIds(all, elements);
  }

  /** Which rows of the batch that the reader returned last are not deleted, ascending. */
  public int[] standing(Batch batch, FileBatchReader reader) {
    List<List<Column>> compared =
        values.stream()
            .map(byValue -> byValue.columns().stream().map(batch::column).toList())
            .toList();
    return IntStream.range(0, batch.rows())
        .filter(row -> isStanding(reader.rowNumber(row) - 1))
        .filter(
            row ->
                IntStream.range(0, compared.size())
                    .noneMatch(
                        i -> values.get(i).values().contains(KeyValues.of(compared.get(i), row))))
        .toArray();
  }

  /** The positions that are deleted, with the files that say so; null if there are none. */
  public @Nullable PositionDeleteIndex positions() {
    if (positions.isEmpty()) {
      return null;
    }
    PositionDeleteIndex all = positions.get(0);
    positions.subList(1, positions.size()).forEach(all::merge);
    return all;
  }

  private boolean isStanding(long position) {
    return positions.stream().noneMatch(deleted -> deleted.isDeleted(position));
  }
}
