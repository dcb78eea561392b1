package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.model.Scorer;
import dev.penstock.online.ServedFeatures;
import dev.penstock.platform.feedback.OutcomeTable;
import dev.penstock.platform.feedback.PredictionTable;
import dev.penstock.platform.serve.Predictor;
import dev.penstock.training.FeatureSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the features of a request, scores them with one version of a model, and logs both. */
final class ChampionPredictor implements Predictor {
  private final String model;
  private final int version;
  private final Scorer scorer;
  private final ServedSelection features;
  private final PredictionTable table;
  private final Consumer<Batch> log;

  /**
   * For one version of a model.
   *
   * @param log takes the rows of the prediction log and returns when they are safe
   * @throws PenstockException {@code COLUMN_NOT_FOUND} if the version was trained with a feature
   *     that is not served any more
   */
  ChampionPredictor(
      String model,
      int version,
      Scorer scorer,
      ServedSelection features,
      PredictionTable table,
      Consumer<Batch> log) {
    for (String name : scorer.features().names()) {
      if (!features.columns().contains(name)) {
        throw new PenstockException(
            ErrorCode.COLUMN_NOT_FOUND,
            model + "@" + version + " needs the feature '" + name + "', which is not served",
            "put it back and apply, or promote a version that was trained without it");
      }
    }
    this.model = model;
    this.version = version;
    this.scorer = scorer;
    this.features = features;
    this.table = table;
    this.log = log;
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public String version() {
    return Integer.toString(version);
  }

  @Override
  public Schema inputs() {
    return features.inputs();
  }

  @Override
  public Predictions predict(Batch inputs, @Nullable Long q) {
    ServedFeatures served = features.serve(inputs, q);
    double[] scores = score(served.columns(), inputs.rows());
    ObjectColumn rowIds =
        inputs.schema().contains(SystemColumns.ID)
            ? (ObjectColumn) inputs.column(SystemColumns.ID)
            : null;
    List<String> names = new ArrayList<>(inputs.rows());
    for (int row = 0; row < inputs.rows(); row++) {
      names.add(id(rowIds == null ? null : rowIds.string(row), served.q()));
    }
    log.accept(
        table.rows(
            names,
            rowIds,
            version,
            served.service().hex(),
            inputs,
            served.q(),
            served.clockMode().name().toLowerCase(Locale.ROOT),
            served.positions(),
            served.columns(),
            scores));
    return new Predictions(
        model, Integer.toString(version), served.q(), names, scores, served.positions());
  }

  /** A question about a row at a moment has one name, however often it is asked. */
  private String id(@Nullable String rowId, long q) {
    UUID unique =
        rowId == null
            ? UUID.randomUUID()
            : UUID.nameUUIDFromBytes(
                (model + "@" + version + "/" + rowId + "/" + q).getBytes(StandardCharsets.UTF_8));
    return OutcomeTable.newId(model, unique);
  }

  private double[] score(List<FeatureColumn> columns, int rows) {
    FeatureSchema schema = scorer.features();
    Map<String, Column> byName = new HashMap<>();
    columns.forEach(column -> byName.put(column.name(), column.values()));
    List<Column> used =
        schema.names().stream()
            .map(name -> Objects.requireNonNull(byName.get(name), name))
            .toList();
    double[] scores = new double[rows];
    float[] encoded = new float[schema.size()];
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < encoded.length; c++) {
        encoded[c] = schema.encode(c, used.get(c).value(row));
      }
      scores[row] = scorer.score(encoded);
    }
    return scores;
  }
}
