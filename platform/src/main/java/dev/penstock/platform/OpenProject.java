package dev.penstock.platform;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.lake.CatalogDatabase;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.lake.files.StoredFiles;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.lake.rest.RestSettings;
import dev.penstock.offline.ViewInput;
import dev.penstock.platform.command.Workspace;
import dev.penstock.platform.compiled.Compiled;
import dev.penstock.platform.compiled.CompiledRows;
import dev.penstock.platform.compiled.CompiledView;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.platform.registry.Registry;
import dev.penstock.sql.DuckDb;
import dev.penstock.sql.LookupTable;
import dev.penstock.sql.Lookups;
import dev.penstock.sql.SqlEngine;
import dev.penstock.sql.SqlLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A project that is open in this process: its folder, its stores (each opened when first needed)
 * and what its definitions compile to. Thread-safe.
 */
public final class OpenProject implements AutoCloseable {
  private final Workspace workspace;
  private final InstantSource clock;
  private @Nullable Project project;
  private @Nullable Compiled compiled;
  private @Nullable Registry registry;
  private @Nullable Lake lake;
  private @Nullable IcebergRest iceberg;
  private @Nullable SqlEngine engine;

  public OpenProject(Workspace workspace, InstantSource clock) {
    this.workspace = workspace;
    this.clock = clock;
  }

  public Workspace workspace() {
    return workspace;
  }

  /** A file or folder of the project's state. */
  public Path state(String name) {
    return workspace.state().resolve(name);
  }

  /** The wall clock, in microseconds. */
  public long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  /** What the definition files say now. */
  public synchronized Project project() {
    if (project == null) {
      Project loaded = Project.load(workspace.folder(), workspace.environment(), System.getenv());
      loaded.environment().requireSupported();
      project = loaded;
    }
    return project;
  }

  public synchronized Registry registry() {
    if (registry == null) {
      registry = Registry.open(folder(workspace.state()).resolve("registry.db"));
    }
    return registry;
  }

  public synchronized Lake lake() {
    if (lake == null) {
      lake = Lake.open(folder(state("lake")), project().name(), catalog());
    }
    return lake;
  }

  private CatalogDatabase catalog() {
    return project().environment().catalog().orElseGet(() -> CatalogDatabase.sqlite(state("lake")));
  }

  /** The lake's tables for engines of others; the namespace of the project's name is ours. */
  public synchronized IcebergRest iceberg() {
    if (iceberg == null) {
      lake();
      Path warehouse = state("lake");
      iceberg =
          IcebergRest.open(
              new RestSettings(catalog(), warehouse, project().name(), List.of()), clock);
    }
    return iceberg;
  }

  /** The files that sources of files keep, beside the lake: engines of others never write there. */
  public StoredFiles files() {
    return StoredFiles.in(state("files"));
  }

  public synchronized SqlEngine engine() {
    if (engine == null) {
      engine = DuckDb.open(state("tmp"), SqlLimits.DEFAULT);
    }
    return engine;
  }

  /**
   * What the definitions mean, with the dimensions as they are pinned.
   *
   * @throws PenstockException {@code NOT_APPLIED} if a dimension was never pinned
   */
  public synchronized Compiled compiled() {
    if (compiled == null) {
      compiled = Compiled.of(project(), pins(), engine());
    }
    return compiled;
  }

  /** Forgets what was compiled, so that changed files and pins are read again. */
  public synchronized void reload() {
    project = null;
    compiled = null;
  }

  /** The dimensions as they are pinned in the lake. */
  private Lookups pins() {
    Map<String, LookupTable> tables = new HashMap<>();
    return name -> tables.computeIfAbsent(name, dimension -> Dimensions.pinned(this, dimension));
  }

  /**
   * Where the rows of a view, a label or a spine are, as published now; of a dimension, as it is
   * pinned.
   */
  public ViewInput input(CompiledRows rows) {
    String source = rows.rootSource();
    if (source == null || compiled().source(source).spec() != null) {
      return input(rows, Ref.current());
    }
    return input(rows, Dimensions.snapshot(this, source));
  }

  public ViewInput input(CompiledRows rows, Ref ref) {
    String source = rows.rootSource();
    if (source == null) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          "'" + rows.name() + "' is computed by the SQL engine and has no log of rows",
          "let features and datasets read a source or a row-wise transform");
    }
    return new ViewInput(source, table(source), ref, rows.fromRoot());
  }

  /** Where each view of some has its rows. */
  public Map<String, ViewInput> inputs(Iterable<CompiledView> views) {
    Map<String, ViewInput> inputs = new HashMap<>();
    for (CompiledView view : views) {
      inputs.put(view.name(), input(view.input()));
    }
    return inputs;
  }

  /**
   * A source's table in the lake.
   *
   * @throws PenstockException {@code NOT_APPLIED}
   */
  public LakeTable table(String source) {
    return SourceTables.log(lake(), source);
  }

  private static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (engine != null) {
      engine.close();
    }
    if (iceberg != null) {
      iceberg.close();
    }
    if (lake != null) {
      lake.close();
    }
    if (registry != null) {
      registry.close();
    }
    project = null;
    compiled = null;
    Objects.requireNonNull(workspace);
  }
}
