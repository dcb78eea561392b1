package dev.penstock.app.memory;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Answer.Format;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.ReplayRows;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers every command with what it was asked, and some with the error a test wants: {@code show
 * missing}, {@code check} of {@code bad} and the like.
 */
final class MemoryProject implements Operations {
  private final InstantSource clock;
  private final @Nullable IcebergRest iceberg;

  MemoryProject(InstantSource clock, @Nullable IcebergRest iceberg) {
    this.clock = clock;
    this.iceberg = iceberg;
  }

  @Override
  public Answer plan() {
    return Answer.builder()
        .note("2 changes")
        .table("changes")
        .heading("definition")
        .heading("change")
        .heading("rows")
        .heading("share", Format.SHARE)
        .row("origin_delays", "new", 1_234_567L, 0.5)
        .row("airports", "stale", 229L, null)
        .end()
        .build();
  }

  @Override
  public Answer apply(Progress progress) {
    progress.stage("apply");
    return Answer.of("applied");
  }

  @Override
  public Answer ingest(Ingest request, Progress progress) {
    return asked(request);
  }

  /** {@code run --select hold} says that it holds the project, and does so until input ends. */
  @Override
  public Answer run(List<String> selected, Progress progress) {
    if (selected.contains("hold")) {
      System.out.println("holding");
      System.out.flush();
      try {
        System.in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return asked(selected);
  }

  /** The spine, as it came: what it says of the request is in the tests of the wire. */
  @Override
  public Answer history(History request, Progress progress) {
    if (request.at().equals("missing")) {
      throw new PenstockException(
          ErrorCode.COLUMN_NOT_FOUND, "there is no column 'missing'", "has: at");
    }
    try {
      Files.copy(request.spine(), request.out(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return asked(request);
  }

  @Override
  public Answer online(Lookup request) {
    return asked(request);
  }

  @Override
  public Answer explain(Lookup request) {
    return asked(request);
  }

  @Override
  public Answer buildDataset(Build request, Progress progress) {
    return asked(request.dataset() + " " + request.split());
  }

  @Override
  public Answer showDataset(String dataset) {
    return asked(dataset);
  }

  @Override
  public Answer trainModel(Train request, Progress progress) {
    return asked(request);
  }

  @Override
  public Answer listModels(@Nullable String model) {
    return asked(model);
  }

  @Override
  public Answer promoteModel(Promote request, Progress progress) {
    return Answer.builder()
        .facts("comparison")
        .fact("auc", 0.79)
        .end()
        .failed(
            new PenstockException(
                ErrorCode.GATE_REFUSED, "version 2 is not better than version 1", "keep it"))
        .build();
  }

  @Override
  public Answer rollbackModel(String model) {
    return asked(model);
  }

  @Override
  public Answer listCatalog(@Nullable String kind) {
    return asked(kind);
  }

  @Override
  public Answer searchCatalog(String words) {
    return asked(words);
  }

  @Override
  public Answer showCatalog(String name) {
    return switch (name) {
      case "missing" ->
          throw new PenstockException(
              ErrorCode.DEFINITION_NOT_FOUND,
              new Place("features/a.yaml", 12, 9),
              "there is no 'missing'\nanywhere",
              "has: airports");
      case "broken" -> throw new IllegalStateException("broken on purpose");
      case "locked" -> throw new PenstockException(ErrorCode.CONFLICT_RETRY, "busy", "try again");
      default -> asked(name);
    };
  }

  @Override
  public Answer parity(Parity request, Progress progress) {
    return asked(request);
  }

  @Override
  public Answer feedback(@Nullable String model, Progress progress) {
    return asked(model);
  }

  @Override
  public Answer report(java.nio.file.Path folder, Progress progress) {
    return asked(folder);
  }

  @Override
  public Answer lineage(String artifact) {
    return asked(artifact);
  }

  @Override
  public Answer sql(Query request) {
    return asked(request);
  }

  @Override
  public dev.penstock.sql.SqlResult rows(dev.penstock.platform.command.Statement statement) {
    throw noTables();
  }

  @Override
  public dev.penstock.data.Schema columns(dev.penstock.platform.command.Statement statement) {
    throw noTables();
  }

  @Override
  public List<dev.penstock.platform.command.TableShape> tables() {
    throw noTables();
  }

  @Override
  public Answer file(KeptFile request) {
    throw noTables();
  }

  @Override
  public java.nio.file.Path content(String sha256) {
    throw noTables();
  }

  @Override
  public Answer createVersion(String name, String message) {
    throw noTables();
  }

  @Override
  public Answer listVersions() {
    throw noTables();
  }

  @Override
  public Answer diffVersions(String from, String to) {
    throw noTables();
  }

  @Override
  public Answer checkoutVersion(String name, String branch) {
    throw noTables();
  }

  @Override
  public Answer mergeBranch(String branch) {
    throw noTables();
  }

  @Override
  public Answer dropVersion(String name) {
    throw noTables();
  }

  @Override
  public Answer publish(Publish request) {
    throw noTables();
  }

  @Override
  public Answer gc(Gc request, Progress progress) {
    throw noTables();
  }

  private static PenstockException noTables() {
    return new PenstockException(ErrorCode.UNSUPPORTED, "no tables in memory", "");
  }

  @Override
  public Answer status() {
    return Answer.builder()
        .facts("process")
        .fact("pid", ProcessHandle.current().pid(), Format.NUMERAL)
        .end()
        .build();
  }

  @Override
  public Answer quarantine(@Nullable String source, int limit) {
    return asked(source + " " + limit);
  }

  @Override
  public Answer audit(int limit) {
    return asked(limit);
  }

  @Override
  public Answer check(List<String> selected, Progress progress) {
    return asked(selected);
  }

  @Override
  public List<ReplayRows> replay(List<SourceFiles> sources, Progress progress) {
    return MemoryServing.history();
  }

  @Override
  public IcebergRest iceberg() {
    if (iceberg == null) {
      throw new PenstockException(ErrorCode.UNSUPPORTED, "no catalog in memory", "");
    }
    return iceberg;
  }

  @Override
  public Serving serving(ClockMode mode) {
    return new MemoryServing(mode, clock);
  }

  @Override
  public void close() {}

  private static Answer asked(@Nullable Object what) {
    return Answer.of("asked " + what);
  }
}
