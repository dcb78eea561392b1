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
  /** The key columns a question needs: of one entity in two roles, one for each. */
  Schema keys();

  /** The request's own fields, which on-demand features want. */
  Schema requestFields();

  /**
   * Answers each row of {@code inputs}: the columns of {@link #keys}, then of {@link
   * #requestFields}.
   *
   * @param q the moment, in microseconds; null for now, and never null with the replay clock
   */
  FeatureAnswer read(Batch inputs, @Nullable Long q);

  /**
   * @param q the moment the values are of
   * @param positions for each source how far its rows were visible
   * @param fingerprints for each view the definition that answered
   */
  record FeatureAnswer(
      long q,
      List<ServedFeature> features,
      Map<String, Positions> positions,
      Map<String, Fingerprint> fingerprints) {
    public FeatureAnswer {
      features = List.copyOf(features);
    }
  }

  /**
   * One feature for every row of the question.
   *
   * @param view the view or its alias: the prefix of the column {@code view__name}
   */
  record ServedFeature(String view, FeatureColumn answers) {
    public String column() {
      return view + "__" + answers.name();
    }
  }
}
