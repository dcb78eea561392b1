package dev.penstock.platform;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.SystemColumns;
import dev.penstock.format.BatchReader;
import dev.penstock.format.InputFile;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.platform.compiled.DimensionFiles;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.platform.registry.Pin;
import dev.penstock.sql.LookupTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Dimensions: small tables that come as a file of the project, are pinned by {@code apply} and read
 * by lookups.
 */
public final class Dimensions {
  /** When the rows of a table without time happened: before any moment anybody asks about. */
  public static final long BEGINNING = -62_135_596_800_000_000L;

  private static final int PARTITION = 0;

  private Dimensions() {}

  /** A dimension as it is pinned; null when there is no such dimension. */
  public static LookupTable pinned(OpenProject project, String name) {
    SourceDefinition source = project.project().require(SourceDefinition.class, name);
    List<Batch> batches = new ArrayList<>();
    try (BatchReader rows =
        project
            .lake()
            .table(name)
            .scan()
            .at(snapshot(project, name))
            .columns(source.contract().names())
            .open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        batches.add(batch);
      }
    }
    return lookup(source, Batch.concat(source.contract(), batches));
  }

  /**
   * The state of its table that a dimension is pinned to.
   *
   * @throws PenstockException {@code NOT_APPLIED}
   */
  public static Ref snapshot(OpenProject project, String name) {
    return project
        .registry()
        .pins()
        .of(name)
        .map(pin -> Ref.snapshot(pin.snapshot()))
        .orElseThrow(
            () ->
                new PenstockException(
                    ErrorCode.NOT_APPLIED,
                    project.project().require(SourceDefinition.class, name).place(),
                    "dimension '" + name + "' is not pinned yet",
                    "run penstock apply"));
  }

  /**
   * Brings the lake's table to what the file says, and pins it. Does nothing when it is pinned so.
   *
   * @return whether something changed
   */
  public static boolean pin(OpenProject project, SourceDefinition source) {
    Batch rows = DimensionFiles.rows(project.project(), source);
    Fingerprint content = file(project, source).fingerprint();
    Optional<Pin> before = project.registry().pins().of(source.name());
    if (before.isPresent() && before.get().fingerprint().equals(content)) {
      return false;
    }
    LakeTable table = project.table(source.name());
    Batch stored = withSystemColumns(source, rows);
    long snapshot =
        table
            .write()
            .batchId("dimension-" + content.hex())
            .replace(BatchReader.of(stored.schema(), List.of(stored)))
            .snapshotId();
    project.registry().pins().put(new Pin(source.name(), content, snapshot, project.now()));
    return true;
  }

  private static LookupTable lookup(SourceDefinition source, Batch rows) {
    return LookupTable.of(source.name(), rows, source.primaryKey().get(0).text());
  }

  private static InputFile file(OpenProject project, SourceDefinition source) {
    Path path = project.workspace().folder().resolve(Objects.requireNonNull(source.file()).text());
    return InputFile.at(path);
  }

  /** The rows hold from the beginning, and their place in the file is their position. */
  private static Batch withSystemColumns(SourceDefinition source, Batch rows) {
    long[] times = new long[rows.rows()];
    Arrays.fill(times, BEGINNING);
    long[] offsets = new long[rows.rows()];
    Arrays.setAll(offsets, i -> i);
    Object[] ids = new Object[rows.rows()];
    var keys = source.primaryKey().stream().map(key -> rows.column(key.text())).toList();
    Arrays.setAll(
        ids,
        i -> String.join("|", keys.stream().map(key -> String.valueOf(key.value(i))).toList()));
    int[] partitions = new int[rows.rows()];
    Arrays.fill(partitions, PARTITION);
    return rows.with(
        SystemColumns.FIELDS,
        List.of(
            new LongColumn(Scalar.TIMESTAMP, times, null),
            new LongColumn(Scalar.TIMESTAMP, times, null),
            new IntColumn(Scalar.INT32, partitions, null),
            new LongColumn(Scalar.INT64, offsets, null),
            new ObjectColumn(Scalar.STRING, ids)));
  }
}
