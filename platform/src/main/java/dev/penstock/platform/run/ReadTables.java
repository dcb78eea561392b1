package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.format.BatchReader;
import dev.penstock.format.ParquetWriter;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.lake.TableFiles;
import dev.penstock.lake.TableScan;
import dev.penstock.platform.OpenProject;
import dev.penstock.sql.ParquetTable;
import dev.penstock.sql.Query;
import dev.penstock.sql.TableReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the lake that a query reads, as Parquet files that stay until this is closed. Where
 * the files of a table are not its rows (rows were deleted, a column was renamed, added or widened
 * since), our scan reads them and the engine is given a copy of what it reads.
 */
final class ReadTables implements AutoCloseable {
  private final OpenProject project;
  private final Map<String, ParquetTable> tables = new HashMap<>();
  private final List<TableFiles> files = new ArrayList<>();
  private final List<Path> copies = new ArrayList<>();

  ReadTables(OpenProject project) {
    this.project = project;
  }

  /**
   * Every table the query reads, in the state it asks for.
   *
   * @param state of a table where the query says none; null for the table without rows
   */
  static ReadTables of(OpenProject project, Query query, Function<LakeTable, @Nullable Ref> state) {
    ReadTables read = new ReadTables(project);
    PastStates states = new PastStates(project);
    try {
      for (TableReference reference : query.tables()) {
        LakeTable table = project.lake().table(reference.namespace(), reference.name());
        String moment = reference.asOf();
        read.add(
            reference.view(),
            table,
            moment == null ? state.apply(table) : states.of(table, moment));
      }
      return read;
    } catch (RuntimeException e) {
      read.close();
      throw e;
    }
  }

  /**
   * Adds a table under a name.
   *
   * @param ref null for the table without rows
   */
  ReadTables add(String view, LakeTable table, @Nullable Ref ref) {
    if (ref == null || (ref instanceof Ref.Current && table.currentSnapshot().isEmpty())) {
      tables.put(view, new ParquetTable(table.schema(), List.of()));
      return this;
    }
    TableScan scan = table.scan().at(ref);
    TableFiles found = scan.files();
    files.add(found);
    tables.put(
        view, new ParquetTable(scan.schema(), found.exact() ? found.paths() : List.of(copy(scan))));
    return this;
  }

  private Path copy(TableScan scan) {
    Path folder = project.state("tmp");
    try (BatchReader rows = scan.open()) {
      Files.createDirectories(folder);
      Path copy = Files.createTempFile(folder, "scan", ".parquet");
      copies.add(copy);
      Files.delete(copy);
      try (ParquetWriter writer = ParquetWriter.create(copy, rows.schema())) {
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
          writer.write(batch);
        }
        writer.finish();
      }
      return copy;
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, Place.of(folder.toString()), "a table cannot be copied to here", "", e);
    }
  }

  Map<String, ParquetTable> byView() {
    return tables;
  }

  @Override
  public void close() {
    files.forEach(TableFiles::close);
    for (Path copy : copies) {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException e) {
        copy.toFile().deleteOnExit();
      }
    }
  }
}
