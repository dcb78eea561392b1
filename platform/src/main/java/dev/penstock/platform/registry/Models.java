package dev.penstock.platform.registry;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.registry.ModelVersion.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The models that were trained, and which of them serves. */
public final class Models {
  private static final String COLUMNS =
      "SELECT name, version, fingerprint, dataset_version, stage, metrics, parameters, artifact,"
          + " trained_at FROM model ";

  private final Database database;
  private final Map<String, Known> champions = new ConcurrentHashMap<>();

  /** A champion that was looked up, and what {@link Database#changes} was before. */
  private record Known(long asOf, ModelVersion champion) {}

  Models(Database database) {
    this.database = database;
  }

  /** The version that the next model of this name gets. */
  public int nextVersion(String name) {
    return database
        .queryOne(
            "SELECT coalesce(max(version), 0) + 1 FROM model WHERE name = ?",
            row -> row.getInt(1),
            name)
        .orElseThrow();
  }

  public void add(ModelVersion model) {
    database.update(
        "INSERT INTO model (name, version, fingerprint, dataset_version, stage, metrics,"
            + " parameters, artifact, trained_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        model.name(),
        model.version(),
        model.fingerprint().hex(),
        model.datasetVersion(),
        model.stage().stored(),
        model.metrics(),
        model.parameters(),
        model.artifact(),
        model.trainedMicros());
  }

  public Optional<ModelVersion> version(String name, int version) {
    return database.queryOne(
        COLUMNS + "WHERE name = ? AND version = ?", Models::read, name, version);
  }

  /**
   * The version that somebody names.
   *
   * @throws PenstockException {@code NOT_FOUND}, of what is no number too
   */
  public ModelVersion named(String name, String version) {
    try {
      return version(name, Integer.parseInt(version)).orElseThrow(() -> noVersion(name, version));
    } catch (NumberFormatException e) {
      throw noVersion(name, version);
    }
  }

  private static PenstockException noVersion(String name, String version) {
    return new PenstockException(
        ErrorCode.NOT_FOUND,
        "model '" + name + "' has no version '" + version + "'",
        "penstock model list " + name + " shows what there is");
  }

  /** All versions of a model, the newest first. */
  public List<ModelVersion> versions(String name) {
    return database.query(COLUMNS + "WHERE name = ? ORDER BY version DESC", Models::read, name);
  }

  public List<ModelVersion> all() {
    return database.query(COLUMNS + "ORDER BY name, version DESC", Models::read);
  }

  /** The version that serves. Asked with every prediction, so it is remembered until a change. */
  public Optional<ModelVersion> champion(String name) {
    if (database.isInTransaction()) {
      return storedChampion(name);
    }
    long now = database.changes();
    Known known = champions.get(name);
    if (known != null && known.asOf() == now) {
      return Optional.of(known.champion());
    }
    Optional<ModelVersion> stored = storedChampion(name);
    stored.ifPresent(champion -> champions.put(name, new Known(now, champion)));
    return stored;
  }

  private Optional<ModelVersion> storedChampion(String name) {
    return database.queryOne(COLUMNS + "WHERE name = ? AND stage = 'champion'", Models::read, name);
  }

  /** Replaces the metrics of a version, which grow as it is evaluated. */
  public void metrics(String name, int version, String metricsJson) {
    change(
        database.update(
            "UPDATE model SET metrics = ? WHERE name = ? AND version = ?",
            metricsJson,
            name,
            version),
        name,
        version);
  }

  /** Gives a version a stage. A new champion retires the one before it. */
  public void stage(String name, int version, Stage stage) {
    database.transaction(
        () -> {
          if (stage == Stage.CHAMPION) {
            database.update(
                "UPDATE model SET stage = 'retired'"
                    + " WHERE name = ? AND stage = 'champion' AND version <> ?",
                name,
                version);
          }
          change(
              database.update(
                  "UPDATE model SET stage = ? WHERE name = ? AND version = ?",
                  stage.stored(),
                  name,
                  version),
              name,
              version);
          return null;
        });
  }

  private static void change(int rows, String name, int version) {
    if (rows == 0) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          "there is no version " + version + " of model '" + name + "'",
          "penstock model list shows what there is");
    }
  }

  private static ModelVersion read(ResultSet row) throws SQLException {
    return new ModelVersion(
        row.getString("name"),
        row.getInt("version"),
        new Fingerprint(row.getString("fingerprint")),
        row.getString("dataset_version"),
        Stage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)),
        row.getString("metrics"),
        row.getString("parameters"),
        row.getString("artifact"),
        row.getLong("trained_at"));
  }
}
