package dev.penstock.platform.serve;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores with one version of a model: reads the features, logs what it saw and said. */
public interface Predictor {
  String model();

  String version();

  /** What a question needs: keys and request fields of the model's features. */
  Schema inputs();

  /**
   * Answers each row of {@code inputs}. It may have a column {@link
   * dev.penstock.data.SystemColumns#ID} more: the id of the row each question is about, which its
   * outcome may be joined by. A row that was asked about at the same moment is logged once.
   *
   * @param q the moment, in microseconds; null for now, and never null with the replay clock
   */
  Predictions predict(Batch inputs, @Nullable Long q);

  /**
   * The answer to a question.
   *
   * @param ids names each prediction in the log, for its outcome and its lineage
   */
  @SuppressWarnings("ArrayRecordComponent") // One answer, handed from the scorer to the wire.
  record Predictions(
      String model,
      String version,
      long q,
      List<String> ids,
      double[] scores,
      Map<String, Positions> positions) {
    public Predictions {
      ids = List.copyOf(ids);
    }
  }
}
