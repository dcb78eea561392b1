package dev.penstock.platform.command;

import dev.penstock.data.Schema;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import dev.penstock.sql.SqlResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open project, by what one can do with it: a method for each command. Paths are absolute. A
 * failure is a {@link dev.penstock.data.PenstockException}, or an {@link Answer#failure} where
 * there is evidence to show.
 *
 * <p>Thread-safe: while a server runs, forwarded commands come beside its requests. What cannot run
 * beside another command of its kind throws {@code CONFLICT_RETRY}.
 */
public interface Operations extends AutoCloseable {
  /** What is new, changed, stale or removed, and why; changes nothing. */
  Answer plan();

  /** Makes the project what its definitions say: catalog, tables, pinned dimensions, state. */
  Answer apply(Progress progress);

  Answer ingest(Ingest request, Progress progress);

  /** Brings everything selected (all, when empty) and what it builds on up to date. */
  Answer run(List<String> selected, Progress progress);

  /** Features for each row of a spine file, as they were at the row's moment. */
  Answer history(History request, Progress progress);

  /** Features of one entity now, or at {@code at} where the clock allows. */
  Answer online(Lookup request);

  /** The rows behind an entity's values at a moment. */
  Answer explain(Lookup request);

  Answer buildDataset(Build request, Progress progress);

  /** Builds one split of a dataset (all, when null) from what the lake holds now. */
  default Answer buildDataset(String dataset, @Nullable String split, Progress progress) {
    return buildDataset(new Build(dataset, split, null), progress);
  }

  /** A dataset by name (its newest version) or {@code name@version}. */
  Answer showDataset(String dataset);

  Answer trainModel(Train request, Progress progress);

  /** The versions of one model, or of all. */
  Answer listModels(@Nullable String model);

  /** Makes a version the champion if the model's promotion rule allows. */
  Answer promoteModel(Promote request, Progress progress);

  /** Makes the champion before this one the champion again. */
  Answer rollbackModel(String model);

  /** What is defined, of one kind or of all. */
  Answer listCatalog(@Nullable String kind);

  Answer searchCatalog(String words);

  /** How one definition is computed, from what, who owns it, what uses it. */
  Answer showCatalog(String name);

  /** Replays a sample of what was served, and compares to the bit. */
  Answer parity(Parity request, Progress progress);

  /** Joins outcomes with predictions; performance and drift since the last time. */
  Answer feedback(@Nullable String model, Progress progress);

  /** Writes {@code report.json} and {@code report.html} to the folder. */
  Answer report(Path folder, Progress progress);

  /** From a definition, a version or a prediction's id back to the sources. */
  Answer lineage(String artifact);

  Answer sql(Query request);

  /** The rows of a query, as {@link #sql} would give them; to be closed. */
  SqlResult rows(Statement statement);

  /** The columns of a query's rows, found without running it. */
  Schema columns(Statement statement);

  /** The tables that a query may name. */
  List<TableShape> tables();

  /** Writes a file that a source of files keeps. */
  Answer file(KeptFile request);

  /** Where the bytes with this SHA-256 are; they never change. */
  Path content(String sha256);

  /** Names all tables as they are now, so that they stay readable. */
  Answer createVersion(String name, String message);

  Answer listVersions();

  /** What changed from one version to another; {@code now} is what is published. */
  Answer diffVersions(String from, String to);

  /** Begins a branch at a version, on every table; copies nothing. */
  Answer checkoutVersion(String name, String branch);

  /** Publishes a branch's tables, all that changed there, if none changed here too. */
  Answer mergeBranch(String branch);

  /** Forgets a version or a branch; what only it kept goes with the next maintenance. */
  Answer dropVersion(String name);

  /** Makes a Delta table what a table of the lake is now. */
  Answer publish(Publish request);

  /** Keeps the lake small: compaction, expiry, files that nothing needs. */
  Answer gc(Gc request, Progress progress);

  Answer status();

  /** The newest rows that acceptance refused, of one source or of all. */
  Answer quarantine(@Nullable String source, int limit);

  /** The newest entries of the audit log. */
  Answer audit(int limit);

  /** Definitions, contracts and checks of what is selected (all, when empty). */
  Answer check(List<String> selected, Progress progress);

  /** The rows of files as a stream would have brought them, for {@code penstock replay}. */
  List<ReplayRows> replay(List<SourceFiles> sources, Progress progress);

  /** The tables as an Iceberg REST catalog, for other engines; ends with {@link #close}. */
  IcebergRest iceberg();

  /** Begins to serve; ends with {@link #close}. */
  Serving serving(ClockMode clock);

  @Override
  void close();

  /** Rows of files, as new rows of now, or as history ({@code --history}). */
  record Ingest(String source, List<Path> files, Mode mode) {
    /** How the rows count, see rule 3 of the semantics. */
    public enum Mode {
      LIVE,
      HISTORY
    }

    public Ingest {
      files = List.copyOf(files);
    }
  }

  /**
   * A table of the lake as a table of another format.
   *
   * @param delta the Delta table's folder
   */
  record Publish(String table, Path delta) {}

  /** Files of one source. */
  record SourceFiles(String source, List<Path> files) {
    public SourceFiles {
      files = List.copyOf(files);
    }
  }

  /**
   * A point-in-time join of a file.
   *
   * @param at the spine's column with each row's moment
   * @param keys which spine column holds which key or request field, where names differ
   * @param visibility which rows a past moment sees
   * @param asOf which state of the tables is read: a version, a tag, a branch, a snapshot id or a
   *     moment; null for now
   */
  record History(
      Path spine,
      String at,
      FeatureSelection features,
      List<Assignment> keys,
      Visible visibility,
      @Nullable String asOf,
      Path out) {
    /** From the tables as they are now. */
    public History(
        Path spine,
        String at,
        FeatureSelection features,
        List<Assignment> keys,
        Visible visibility,
        Path out) {
      this(spine, at, features, keys, visibility, null, out);
    }

    /** Rows seen before the moment, or all that had happened by then. */
    public enum Visible {
      AS_SEEN,
      AS_HAPPENED
    }

    public History {
      keys = List.copyOf(keys);
    }
  }

  /** {@code airport=JFK}: a key or request field and a value, or the column that holds it. */
  record Assignment(String name, String value) {}

  /**
   * A question about one entity.
   *
   * @param features null for every view that is keyed so
   * @param at microseconds; null for now
   */
  record Lookup(@Nullable FeatureSelection features, List<Assignment> values, @Nullable Long at) {
    public Lookup {
      values = List.copyOf(values);
    }
  }

  /**
   * A dataset to be built, at each split's cut.
   *
   * @param dataset its name; {@code name@version} builds that one again
   * @param split null for all whose time has come
   * @param asOf which state of the tables it is built from: a version, a tag, a branch, a snapshot
   *     id or a moment; null for now
   */
  record Build(String dataset, @Nullable String split, @Nullable String asOf) {}

  /**
   * A training run.
   *
   * @param dataset a version, {@code name@version}; null for the newest of the model's dataset
   * @param splits the splits to train on; empty for the definition's
   */
  record Train(String model, @Nullable String dataset, List<String> splits) {
    public Train {
      splits = List.copyOf(splits);
    }
  }

  /**
   * A promotion that the model's rule has to allow.
   *
   * @param version null for the newest
   * @param split the split whose rows decide; null for the definition's
   */
  record Promote(String model, @Nullable String version, @Nullable String split) {}

  /** At most {@code sample} logged answers (all, when 0), drawn by {@code seed}. */
  record Parity(int sample, long seed) {}

  /**
   * SQL over the lake.
   *
   * @param asOf a version, a tag, a branch, a snapshot id, or a moment; null for now
   * @param out a file for the whole result; null to answer with its first rows
   */
  record Query(String text, @Nullable String asOf, int limit, Format format, @Nullable Path out) {
    /** A table of the first rows, or all rows to a Parquet file. */
    public Query(String text, @Nullable String asOf, int limit, @Nullable Path out) {
      this(text, asOf, limit, out == null ? Format.TABLE : Format.PARQUET, out);
    }

    /** How the rows are written. */
    public enum Format {
      TABLE,
      CSV,
      JSON,
      PARQUET
    }
  }

  /**
   * A file of a source of files.
   *
   * @param file its path, or its SHA-256
   * @param asOf in which state of the table; null for now
   * @param out where to write it
   */
  record KeptFile(String source, String file, @Nullable String asOf, Path out) {}

  /**
   * Maintenance of the lake.
   *
   * @param olderThan how long a state was not the published one before it goes; null for what the
   *     environment says
   */
  record Gc(Intent intent, @Nullable Duration olderThan) {
    /** Whether it is done, or only said what would be. */
    public enum Intent {
      DRY_RUN,
      RUN
    }
  }
}
