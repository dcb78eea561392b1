package dev.penstock.platform.registry;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The registry of one project: {@code .penstock/registry.db}. Thread-safe; one statement or {@link
 * #transaction} at a time. Each part is reached by its noun: {@link #definitions}, {@link #pins},
 * {@link #runs}, {@link #datasets}, {@link #models}, {@link #audit}, {@link #files}, {@link
 * #versions}.
 */
public final class Registry implements AutoCloseable {
  /** The version of the tables that this program writes. */
  public static final int FORMAT_VERSION = Migrations.LATEST;

  private final Database database;
  private final AppliedDefinitions definitions;
  private final Pinned pins;
  private final Runs runs;
  private final Datasets datasets;
  private final Models models;
  private final AuditLog audit;
  private final IngestedFiles files;
  private final LakeVersions versions;

  private Registry(Database database) {
    this.database = database;
    this.definitions = new AppliedDefinitions(database);
    this.pins = new Pinned(database);
    this.runs = new Runs(database);
    this.datasets = new Datasets(database);
    this.models = new Models(database);
    this.audit = new AuditLog(database);
    this.files = new IngestedFiles(database);
    this.versions = new LakeVersions(database);
  }

  /**
   * Opens the registry in this file, makes it if there is none, and brings an older one up to
   * {@link #FORMAT_VERSION}.
   *
   * @throws PenstockException {@link ErrorCode#STATE_VERSION} if a newer program wrote it, {@link
   *     ErrorCode#STATE_CORRUPT} if it is no registry
   */
  public static Registry open(Path file) {
    Database database = Database.open(file);
    try {
      Migrations.run(database, file);
      return new Registry(database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  public AppliedDefinitions definitions() {
    return definitions;
  }

  public Pinned pins() {
    return pins;
  }

  public Runs runs() {
    return runs;
  }

  public Datasets datasets() {
    return datasets;
  }

  public Models models() {
    return models;
  }

  public AuditLog audit() {
    return audit;
  }

  public IngestedFiles files() {
    return files;
  }

  public LakeVersions versions() {
    return versions;
  }

  /** All that happens inside is written together or not at all; may be nested. */
  public void transaction(Runnable work) {
    database.transaction(
        () -> {
          work.run();
          return null;
        });
  }

  /** As {@link #transaction(Runnable)}, with an answer. */
  public <T> T transaction(Supplier<T> work) {
    return database.transaction(work);
  }

  @Override
  public void close() {
    database.close();
  }
}
