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
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.InputFile;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.platform.registry.Pin;
import dev.penstock.sql.LookupTable;
import dev.penstock.sql.Lookups;
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

  /** The dimensions as their files have them now: what the next {@code apply} would pin. */
  public static Lookups files(OpenProject project) {
    return name -> {
      for (SourceDefinition source : project.project().definitions(SourceDefinition.class)) {
        if (source.name().equals(name) && source.isDimension()) {
          return lookup(source, read(project, source));
        }
      }
      return null;
    };
  }

  /** A dimension as it is pinned; null when there is no such dimension. */
  public static LookupTable pinned(OpenProject project, String name) {
    SourceDefinition source = project.project().require(SourceDefinition.class, name);
    Optional<Pin> pin = project.registry().pins().of(name);
    if (pin.isEmpty()) {
      throw new PenstockException(
          ErrorCode.NOT_APPLIED,
          source.place(),
          "dimension '" + name + "' is not pinned yet",
          "run penstock apply");
    }
    List<Batch> batches = new ArrayList<>();
    try (BatchReader rows =
        project
            .lake()
            .table(name)
            .scan()
            .at(Ref.snapshot(pin.get().snapshot()))
            .columns(source.contract().names())
            .open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        batches.add(batch);
      }
    }
    return lookup(source, Batch.concat(source.contract(), batches));
  }

  /**
   * Brings the lake's table to what the file says, and pins it. Does nothing when it is pinned so.
   *
   * @return whether something changed
   */
  public static boolean pin(OpenProject project, SourceDefinition source) {
    Batch rows = read(project, source);
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

  private static Batch read(OpenProject project, SourceDefinition source) {
    List<Batch> batches = new ArrayList<>();
    try (BatchReader rows =
        file(project, source)
            .read(
                source.contract(),
                source.extraColumns() == SourceDefinition.ExtraColumns.IGNORE
                    ? ExtraColumns.IGNORE
                    : ExtraColumns.REFUSE,
                bad -> {
                  throw new PenstockException(
                      ErrorCode.FILE_CORRUPT,
                      Objects.requireNonNull(source.file()).place(),
                      source.file().text() + " line " + bad.line() + ": " + bad.reason(),
                      "a dimension is taken whole or not at all: mend the line");
                })) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        batches.add(batch);
      }
    }
    return Batch.concat(source.contract(), batches);
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
