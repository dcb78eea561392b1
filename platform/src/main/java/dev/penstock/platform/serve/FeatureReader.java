package dev.penstock.platform.serve;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import dev.penstock.feature.FeatureStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one selection of features online. */
public interface FeatureReader {
  /** What a question needs: the keys, then the fields that on-demand features want. */
  Schema inputs();

  /**
   * Answers each row of {@code inputs}.
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
  record ServedFeature(String view, String name, Column values, FeatureStatus[] statuses) {
    public String column() {
      return view + "__" + name;
    }
  }
}
