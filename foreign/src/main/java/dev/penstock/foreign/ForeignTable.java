package dev.penstock.foreign;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.apache.iceberg.util.ByteBuffers;
import org.jspecify.annotations.Nullable;

/**
 * A table that is changed at random, as other engines would change it: by Iceberg's own writers.
 * Its first two columns are a number that is never null, and one of few values, called id and part.
 */
public final class ForeignTable {
  private static final int IDS = 60;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  /** Not by the specification, and not fixed, of which Iceberg's own reader finds no value. */
  private static final Set<Type.TypeID> NOT_DELETED_BY =
      EnumSet.of(
          Type.TypeID.STRUCT,
          Type.TypeID.LIST,
          Type.TypeID.FLOAT,
          Type.TypeID.DOUBLE,
          Type.TypeID.FIXED);

  private final Table table;
  private final SplittableRandom random;

  /** Columns that rows were deleted by: Iceberg's reader fails once one of them is dropped. */
  private final Set<Integer> deletedBy = new HashSet<>();

  private int added;

  public ForeignTable(Table table, SplittableRandom random) {
    this.table = table;
    this.random = random;
  }

  /** Makes a change, and says what it was. */
  public String change() throws IOException {
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
      case BOOLEAN -> (Object) (number % 2 == 0);
      case LONG -> (long) number;
      case INTEGER -> (Object) (field.fieldId() == 2 ? number % 3 : number);
      case FLOAT -> (Object) (float) fraction(number);
      case DOUBLE -> (Object) fraction(number);
      case STRING -> "s" + number % 7;
      case BINARY -> ByteBuffer.wrap(bytes(number % 5));
      case FIXED -> Arrays.copyOf(bytes(4), ((Types.FixedType) field.type()).length());
      case DATE -> LocalDate.ofEpochDay(number * 400L - 9_000);
      case TIMESTAMP -> moment(number, ((Types.TimestampType) field.type()).shouldAdjustToUTC());
      case LIST -> random.ints(number % 4, 0, IDS).mapToObj(at -> (float) fraction(at)).toList();
      case STRUCT -> struct(field.type().asStructType());
      default -> BigDecimal.valueOf(number, ((Types.DecimalType) field.type()).scale());
    };
  }

  /** Those numbers too that compare like no other. */
  private static double fraction(int number) {
    return switch (number) {
      case 0 -> Double.NaN;
      case 1 -> -0.0;
      case 2 -> 0.0;
      case 3 -> Double.NEGATIVE_INFINITY;
      default -> number / 4.0;
    };
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(-1, 2);
    }
    return bytes;
  }

  /** Before 1970 and after, to the microsecond. */
  private static Object moment(int number, boolean inUtc) {
    LocalDateTime moment = EPOCH.plus((number - 9) * 86_400_000_001L * 99, ChronoUnit.MICROS);
    return inUtc ? moment.atOffset(ZoneOffset.UTC) : moment;
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
    by.removeIf(field -> NOT_DELETED_BY.contains(field.type().typeId()));
    PartitionSpec everywhere = Objects.requireNonNull(table.specs().get(0));
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
          case DECIMAL ->
              update.updateColumn(field.name(), wider((Types.DecimalType) field.type()));
          default -> {}
        }
      }
    }
    update.commit();
    return "schema " + table.schema().columns();
  }

  private static Types.DecimalType wider(Types.DecimalType type) {
    return Types.DecimalType.of(Math.max(type.precision(), 18), type.scale());
  }

  private void add(UpdateSchema update) {
    String name = "c" + added++;
    switch (random.nextInt(hasVectors() ? 7 : 4)) {
      case 0 -> update.addColumn(name, Types.IntegerType.get());
      case 1 -> update.addColumn(name, Types.StringType.get());
      case 2 -> update.addColumn(name, Types.FixedType.ofLength(3));
      case 3 ->
          update.addColumn(
              name,
              Types.StructType.of(
                  Types.NestedField.optional(100, "x", Types.IntegerType.get()),
                  Types.NestedField.optional(101, "y", Types.StringType.get())));
      case 4 -> update.addColumn(name, Types.DateType.get(), null, Expressions.lit("2001-02-03"));
      case 5 -> update.addColumn(name, Types.DoubleType.get(), null, Expressions.lit(-2.5));
      default -> update.addColumn(name, Types.IntegerType.get(), null, Expressions.lit(7));
    }
  }

  /**
   * What Iceberg's own reader says, a {@linkplain #line line} a row, sorted; structs as their
   * fields.
   */
  public List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      for (Record record : records) {
        List<@Nullable Object> values = new ArrayList<>();
        // A record brings columns of its reader too, such as the row's position.
        table.schema().columns().forEach(field -> add(record, field, values));
        rows.add(line(values));
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

  /**
   * A row as text, whether its values are Iceberg's objects or plain ones: days and microseconds
   * since 1970 as numbers, bytes as digits; every NaN is one, and the two zeros are two.
   */
  public static String line(List<? extends @Nullable Object> values) {
    return values.stream().map(ForeignTable::text).toList().toString();
  }

  private static String text(@Nullable Object value) {
    if (value instanceof LocalDate day) {
      return Long.toString(day.toEpochDay());
    } else if (value instanceof OffsetDateTime moment) {
      return text(moment.toLocalDateTime());
    } else if (value instanceof LocalDateTime moment) {
      return Long.toString(ChronoUnit.MICROS.between(EPOCH, moment));
    } else if (value instanceof ByteBuffer buffer) {
      return "x" + HexFormat.of().formatHex(ByteBuffers.toByteArray(buffer));
    } else if (value instanceof byte[] bytes) {
      return "x" + HexFormat.of().formatHex(bytes);
    } else if (value instanceof float[] numbers) {
      return Arrays.toString(numbers);
    }
    return String.valueOf(value);
  }
}
