package dev.penstock.lake;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Changes a table at random, as other engines would by Iceberg's own writers. */
final class ForeignTable {
  private static final int IDS = 60;

  private final Table table;
  private final SplittableRandom random;

  /** Columns that rows were deleted by: Iceberg's reader fails once one of them is dropped. */
  private final Set<Integer> deletedBy = new HashSet<>();

  private int added;

  ForeignTable(Table table, SplittableRandom random) {
    this.table = table;
    this.random = random;
  }

  /** What the change was. */
  String change() throws IOException {
    table.refresh();
    int what = random.nextInt(12);
    if (what < 4 || table.currentSnapshot() == null) {
      return append();
    } else if (what < 6) {
      return deletePositions();
    } else if (what < 8) {
      return deleteValues();
    } else if (what < 9) {
      return changeSpec();
    }
    return changeSchema();
  }

  private String append() throws IOException {
    List<DataFile> files = new ArrayList<>();
    Map<String, DataWriter<Record>> writers = new HashMap<>();
    PartitionSpec spec = table.spec();
    for (int rows = random.nextInt(1, 40); rows > 0; rows--) {
      Record row = row();
      PartitionKey key = new PartitionKey(spec, table.schema());
      key.partition(row);
      writers
          .computeIfAbsent(
              key.toString(),
              k -> factory().newDataWriter(files().newOutputFile(spec, key), spec, key))
          .write(row);
    }
    for (DataWriter<Record> writer : writers.values()) {
      writer.close();
      files.add(writer.toDataFile());
    }
    var append = table.newAppend();
    files.forEach(append::appendFile);
    append.commit();
    return "append to " + spec;
  }

  private Record row() {
    Record row = GenericRecord.create(table.schema());
    for (Types.NestedField field : table.schema().columns()) {
      row.setField(field.name(), value(field));
    }
    return row;
  }

  private @Nullable Record struct(Types.StructType type) {
    Record struct = GenericRecord.create(type);
    type.fields().forEach(field -> struct.setField(field.name(), value(field)));
    return struct;
  }

  private @Nullable Object value(Types.NestedField field) {
    if (field.fieldId() != 1 && random.nextInt(6) == 0) {
      return null;
    }
    int number = random.nextInt(IDS);
    return switch (field.type().typeId()) {
      case LONG -> (Object) (long) number;
      case INTEGER -> (Object) (field.fieldId() == 2 ? number % 3 : number);
      case FLOAT -> (Object) (number / 4f);
      case DOUBLE -> (Object) (number / 4.0);
      case STRING -> "s" + number % 7;
      case STRUCT -> struct(field.type().asStructType());
      default -> BigDecimal.valueOf(number, ((Types.DecimalType) field.type()).scale());
    };
  }

  private GenericFileWriterFactory factory() {
    return new GenericFileWriterFactory.Builder(table)
        .dataFileFormat(FileFormat.PARQUET)
        .deleteFileFormat(FileFormat.PARQUET)
        .build();
  }

  private OutputFileFactory files() {
    return OutputFileFactory.builderFor(table, added++, random.nextLong(1L << 40))
        .format(FileFormat.PARQUET)
        .build();
  }

  private String deletePositions() throws IOException {
    RowDelta delta = table.newRowDelta().validateFromSnapshot(table.currentSnapshot().snapshotId());
    boolean vectors = hasVectors();
    int files = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        if (random.nextInt(3) == 0) {
          files++;
          if (vectors) {
            deleteByVector(task, delta);
          } else {
            deleteByFile(task, delta);
          }
        }
      }
    }
    delta.commit();
    return "positions of " + files + (vectors ? " files by vectors" : " files");
  }

  private boolean hasVectors() {
    return ((HasTableOperations) table).operations().current().formatVersion() > 2;
  }

  private void deleteByVector(FileScanTask task, RowDelta delta) throws IOException {
    Function<String, PositionDeleteIndex> before =
        path ->
            new BaseDeleteLoader(file -> table.io().newInputFile(file))
                .loadPositionDeletes(
                    task.deletes().stream()
                        .filter(file -> file.format() == FileFormat.PUFFIN)
                        .toList(),
                    path);
    OutputFileFactory puffin =
        OutputFileFactory.builderFor(table, added++, random.nextLong(1L << 40))
            .format(FileFormat.PUFFIN)
            .build();
    BaseDVFileWriter writer = new BaseDVFileWriter(puffin, before);
    for (long row = 0; row < task.file().recordCount(); row++) {
      if (row == 0 || random.nextInt(4) == 0) {
        writer.delete(task.file().location(), row, task.spec(), task.file().partition());
      }
    }
    writer.close();
    writer.result().deleteFiles().forEach(delta::addDeletes);
    writer.result().rewrittenDeleteFiles().forEach(delta::removeDeletes);
  }

  private void deleteByFile(FileScanTask task, RowDelta delta) throws IOException {
    PositionDeleteWriter<Record> writer =
        factory()
            .newPositionDeleteWriter(
                files().newOutputFile(task.spec(), task.file().partition()),
                task.spec(),
                task.file().partition());
    PositionDelete<Record> deleted = PositionDelete.create();
    for (long row = 0; row < task.file().recordCount(); row++) {
      if (row == 0 || random.nextInt(4) == 0) {
        writer.write(deleted.set(task.file().location(), row));
      }
    }
    writer.close();
    delta.addDeletes(writer.toDeleteFile());
  }

  /** By one column or two, nulls too; of all partitions, as a spec without partitions has it. */
  private String deleteValues() throws IOException {
    List<Types.NestedField> all = table.schema().columns();
    List<Types.NestedField> by = new ArrayList<>(List.of(all.get(random.nextInt(all.size()))));
    Types.NestedField second = all.get(random.nextInt(all.size()));
    if (random.nextBoolean() && !by.contains(second)) {
      by.add(second);
    }
    by.removeIf(
        field ->
            field.type().isStructType()
                || field.type().typeId() == Type.TypeID.FLOAT
                || field.type().typeId() == Type.TypeID.DOUBLE);
    PartitionSpec everywhere = table.specs().get(0);
    if (by.isEmpty() || everywhere.isPartitioned()) {
      return "nothing";
    }
    Schema rows = table.schema().select(by.stream().map(Types.NestedField::name).toList());
    int[] ids = by.stream().mapToInt(Types.NestedField::fieldId).toArray();
    EqualityDeleteWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .deleteFileFormat(FileFormat.PARQUET)
            .equalityFieldIds(ids)
            .equalityDeleteRowSchema(rows)
            .build()
            .newEqualityDeleteWriter(
                files().newOutputFile(everywhere, null), everywhere, (StructLike) null);
    for (int deletes = random.nextInt(1, 6); deletes > 0; deletes--) {
      Record row = GenericRecord.create(rows);
      rows.columns().forEach(field -> row.setField(field.name(), value(field)));
      writer.write(row);
    }
    writer.close();
    Arrays.stream(ids).forEach(deletedBy::add);
    table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
    return "values of " + rows.columns();
  }

  private String changeSpec() {
    UpdatePartitionSpec update = table.updateSpec();
    boolean byPart = table.spec().fields().stream().anyMatch(field -> field.sourceId() == 2);
    boolean byId = table.spec().fields().stream().anyMatch(field -> field.sourceId() == 1);
    if (random.nextBoolean()) {
      update = byPart ? update.removeField("part") : update.addField("part");
    } else if (byId) {
      update = update.removeField(Expressions.bucket("id", 4));
    } else {
      update = update.addField(Expressions.bucket("id", 4));
    }
    update.commit();
    return "spec " + table.spec();
  }

  private String changeSchema() {
    List<Types.NestedField> columns =
        table.schema().columns().stream().filter(field -> field.fieldId() > 2).toList();
    String some = columns.isEmpty() ? null : columns.get(random.nextInt(columns.size())).name();
    int what = random.nextInt(4);
    var update = table.updateSchema();
    if (what == 0 || some == null) {
      add(update);
    } else if (what == 1) {
      update.renameColumn(some, "r" + added++);
    } else if (what == 2
        && columns.size() > 2
        && !deletedBy.contains(table.schema().findField(some).fieldId())) {
      update.deleteColumn(some);
    } else {
      for (Types.NestedField field : columns) {
        switch (field.type().typeId()) {
          case INTEGER -> update.updateColumn(field.name(), Types.LongType.get());
          case FLOAT -> update.updateColumn(field.name(), Types.DoubleType.get());
          case DECIMAL -> update.updateColumn(field.name(), Types.DecimalType.of(18, 2));
          default -> {}
        }
      }
    }
    update.commit();
    return "schema " + table.schema().columns();
  }

  private void add(UpdateSchema update) {
    String name = "c" + added++;
    switch (random.nextInt(hasVectors() ? 4 : 3)) {
      case 0 -> update.addColumn(name, Types.IntegerType.get());
      case 1 -> update.addColumn(name, Types.StringType.get());
      case 2 ->
          update.addColumn(
              name,
              Types.StructType.of(
                  Types.NestedField.optional(100, "x", Types.IntegerType.get()),
                  Types.NestedField.optional(101, "y", Types.StringType.get())));
      default -> update.addColumn(name, Types.IntegerType.get(), null, Expressions.lit(7));
    }
  }

  /** What Iceberg's own reader says, a line a row, sorted; structs as their fields. */
  List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      for (Record record : records) {
        List<@Nullable Object> values = new ArrayList<>();
        // A record brings columns of its reader too, such as the row's position.
        table.schema().columns().forEach(field -> add(record, field, values));
        rows.add(values.toString());
      }
    }
    return rows.stream().sorted().toList();
  }

  private static void add(
      @Nullable Record record, Types.NestedField field, List<@Nullable Object> to) {
    Object value = record == null ? null : record.getField(field.name());
    if (field.type().isStructType()) {
      field.type().asStructType().fields().forEach(inner -> add((Record) value, inner, to));
    } else {
      to.add(value);
    }
  }
}
