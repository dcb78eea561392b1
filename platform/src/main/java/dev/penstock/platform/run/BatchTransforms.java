package dev.penstock.platform.run;

import dev.penstock.data.Fingerprint;
import dev.penstock.format.InputFile;
import dev.penstock.format.ParquetScan;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.lake.TableSnapshot;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.compiled.CompiledTransform;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.sql.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Transforms that the SQL engine runs: whole tables from whole tables. */
final class BatchTransforms {
  private final OpenProject project;

  BatchTransforms(OpenProject project) {
    this.project = project;
  }

  /**
   * What a transform's table is made from.
   *
   * @param version names its definition, its inputs and the engine
   * @param snapshots of each table it reads that has one: rows go on coming meanwhile
   */
  record Inputs(String version, Map<String, String> snapshots) {}

  /** What a transform's table would be made from now. */
  Inputs inputs(CompiledTransform transform) {
    Map<String, String> snapshots = new HashMap<>();
    List<String> parts = new ArrayList<>();
    parts.add(project.compiled().fingerprint(transform.name()).hex());
    parts.add(project.engine().version());
    query(transform)
        .tables()
        .forEach(
            reference -> {
              LakeTable table = project.lake().table(reference.name());
              parts.add(reference.name());
              if (table.currentSnapshot().isEmpty()) {
                parts.add("");
              } else {
                TableSnapshot current = table.snapshot(Ref.current());
                snapshots.put(reference.name(), Long.toString(current.id()));
                // Rewritten files are the same rows.
                parts.add(Long.toString(current.content()));
              }
            });
    return new Inputs(Fingerprint.of(parts).hex(), Map.copyOf(snapshots));
  }

  /**
   * Computes the transform's table anew and publishes it in one commit.
   *
   * @return the number of its rows
   */
  long run(CompiledTransform transform, Inputs inputs) {
    String version = inputs.version();
    Query query = query(transform);
    SourceTables.ensure(project.lake(), transform.name(), transform.schema());
    Path file = project.state("tmp").resolve(transform.name() + "-" + version + ".parquet");
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      try (ReadTables tables = ReadTables.of(project, query, table -> state(inputs, table))) {
        project.engine().copyToParquet(query, tables.byView(), file);
      }
      LakeTable table = project.lake().table(transform.name());
      table
          .write()
          .batchId("transform-" + version)
          .property("version", version)
          .replace(ParquetScan.of(InputFile.at(file).path()).as(transform.schema()).open());
      return table.snapshot(Ref.current()).rows();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }

  private static @Nullable Ref state(Inputs inputs, LakeTable table) {
    String snapshot = inputs.snapshots().get(table.name());
    return snapshot == null ? null : Ref.snapshot(Long.parseLong(snapshot));
  }

  private static Query query(CompiledTransform transform) {
    return Query.parse(transform.definition().sql().text(), transform.definition().sql().place());
  }
}
