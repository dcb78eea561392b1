package dev.penstock.platform.serve;

import dev.penstock.data.Batch;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import dev.penstock.feature.FeatureColumn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one selection of features online. */
public interface FeatureReader {
  /**
   * What a question needs: the key columns (of one entity in two roles, one for each), then the
   * fields that on-demand features want.
   */
  Schema inputs();

  /**
   * Answers each row of {@code inputs}.
   *
   * @param q the moment, in microseconds; null for now, and never null with the replay clock
   */
  FeatureAnswer read(Batch inputs, @Nullable Long q);

  /**
   * The answer to a question.
   *
   * @param q the moment the values are of
   * @param columns {@code prefix__feature}, in the order asked for, with a row for each row asked
   * @param positions for each source how far its rows were visible
   * @param fingerprints for each view the definition that answered
   */
  record FeatureAnswer(
      long q,
      List<FeatureColumn> columns,
      Map<String, Positions> positions,
      Map<String, Fingerprint> fingerprints) {
    public FeatureAnswer {
      columns = List.copyOf(columns);
    }
  }
}
