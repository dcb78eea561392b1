package dev.penstock.lake.delta;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.format.BadRow;
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.FieldIds;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.Input;
import dev.penstock.format.ParquetScan;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.DeletionVectorUtils;
import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One data file of a Delta table, with what its log says of it. */
final class DeltaFile implements Input {
  private final String name;
  private final Path file;
  private final Path root;
  private final List<DeltaColumn> columns;
  private final Map<String, String> partition;
  private final @Nullable DeletionVectorDescriptor deletes;

  DeltaFile(
      String name,
      Path file,
      Path root,
      List<DeltaColumn> columns,
      Map<String, String> partition,
      @Nullable DeletionVectorDescriptor deletes) {
    this.name = name;
    this.file = file;
    this.root = root;
    this.columns = columns;
    this.partition = partition;
    this.deletes = deletes;
  }

  @Override
  public String name() {
    return name;
  }

  Map<String, String> partition() {
    return partition;
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.of(List.of("delta", name, deletes == null ? "" : deletes.getUniqueId()));
  }

  @Override
  public Schema schema() {
    return new Schema(
        columns.stream()
            .filter(column -> column.type() != null)
            .map(column -> new Field(column.name(), column.type(), column.nullable()))
            .toList());
  }

  @Override
  public FileBatchReader read(Schema expected, ExtraColumns extra, Consumer<BadRow> badRows) {
    Map<String, DeltaColumn> byName = new HashMap<>();
    columns.forEach(column -> byName.put(column.name(), column));
    check(expected, extra, byName);
    List<Field> inFile =
        expected.fields().stream().filter(field -> !require(byName, field).partition()).toList();
    if (inFile.isEmpty()) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          name + ": of this Delta table only partition columns are declared",
          "declare one more of its columns");
    }
    ParquetScan scan = ParquetScan.of(file);
    boolean byId =
        scan.hasFieldIds() && inFile.stream().allMatch(field -> require(byName, field).id() >= 0);
    Map<String, Integer> ids = new HashMap<>();
    List<Integer> wanted = new ArrayList<>();
    for (Field field : inFile) {
      DeltaColumn column = require(byName, field);
      int id = byId ? column.id() : wanted.size() + 1;
      ids.put(column.inFile(), id);
      wanted.add(id);
    }
    FileBatchReader rows =
        (byId ? scan : scan.withFieldIds(ids))
            .as(new Schema(inFile), new FieldIds(wanted, Collections.nCopies(wanted.size(), 0)))
            .open(badRows);
    return new Rows(rows, expected, byName, deleted());
  }

  private void check(Schema expected, ExtraColumns extra, Map<String, DeltaColumn> byName) {
    for (Field field : expected.fields()) {
      require(byName, field);
    }
    List<String> more =
        columns.stream().map(DeltaColumn::name).filter(c -> !expected.contains(c)).toList();
    if (extra == ExtraColumns.REFUSE && !more.isEmpty()) {
      throw new PenstockException(
          ErrorCode.SCHEMA_INCOMPATIBLE,
          name + ": columns that were not expected: " + String.join(", ", more),
          "declare them, or write extra_columns: ignore");
    }
  }

  private DeltaColumn require(Map<String, DeltaColumn> byName, Field field) {
    DeltaColumn column = byName.get(field.name());
    if (column == null) {
      throw new PenstockException(
          ErrorCode.SCHEMA_INCOMPATIBLE,
          name + ": column '" + field.name() + "' is missing",
          Suggestion.among(field.name(), List.copyOf(byName.keySet())));
    }
    if (column.type() == null) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          name + ": column '" + field.name() + "' is of a type that is not read",
          "leave it out of the source's columns");
    }
    return column;
  }

  private @Nullable RoaringBitmapArray deleted() {
    if (deletes == null) {
      return null;
    }
    try {
      return DeletionVectorUtils.loadNewDvAndBitmap(
              new LogEngine(), root.toUri().toString(), deletes)
          ._2;
    } catch (RuntimeException e) {
      throw new PenstockException(
          ErrorCode.FILE_CORRUPT,
          null,
          name + ": its deletion vector cannot be read: " + e.getMessage(),
          "restore the file, or read the table as of a version before it",
          e);
    }
  }

  /** The file's rows less those deleted, with the values of its partition. */
  private final class Rows implements FileBatchReader {
    private final FileBatchReader rows;
    private final Schema expected;
    private final Map<String, DeltaColumn> byName;
    private final @Nullable RoaringBitmapArray deleted;
    private int @Nullable [] kept;

    Rows(
        FileBatchReader rows,
        Schema expected,
        Map<String, DeltaColumn> byName,
        @Nullable RoaringBitmapArray deleted) {
      this.rows = rows;
      this.expected = expected;
      this.byName = byName;
      this.deleted = deleted;
    }

    @Override
    public Schema schema() {
      return expected;
    }

    @Override
    public @Nullable Batch next() {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        Batch left = left(batch);
        if (left.rows() > 0) {
          List<Column> all = new ArrayList<>();
          for (Field field : expected.fields()) {
            all.add(
                require(byName, field).partition()
                    ? PartitionValue.column(
                        name, field, partition.get(require(byName, field).inFile()), left.rows())
                    : left.column(field.name()));
          }
          return new Batch(expected, all);
        }
      }
      return null;
    }

    private Batch left(Batch batch) {
      kept = null;
      if (deleted == null) {
        return batch;
      }
      int[] places = new int[batch.rows()];
      int count = 0;
      for (int row = 0; row < batch.rows(); row++) {
        if (!deleted.contains(rows.rowNumber(row) - 1)) {
          places[count++] = row;
        }
      }
      kept = Arrays.copyOf(places, count);
      return batch.gather(kept);
    }

    @Override
    public long rowNumber(int row) {
      return rows.rowNumber(kept == null ? row : kept[row]);
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
