package dev.penstock.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.quality.DriftBounds;
import dev.penstock.quality.DriftVerdict;
import dev.penstock.quality.ReferenceBins;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final Schema SCHEMA =
      Schema.of(Field.of("moved", Scalar.FLOAT64), Field.of("same", Scalar.FLOAT64));

  private final SplittableRandom random = new SplittableRandom(8);

  private Batch batch(double shift) {
    double[] moved = new double[5_000];
    double[] same = new double[5_000];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = random.nextGaussian() + shift;
      same[i] = random.nextGaussian();
    }
    return new Batch(
        SCHEMA,
        List.of(
            new DoubleColumn(Scalar.FLOAT64, moved, null),
            new DoubleColumn(Scalar.FLOAT64, same, null)));
  }

  @Test
  void a_feature_that_moved_is_found_and_weighed() {
    Batch training = batch(0);
    SortedMap<String, ReferenceBins> references = new TreeMap<>();
    SCHEMA.names().forEach(name -> references.put(name, ReferenceBins.of(training.column(name))));
    Drift drift =
        Drift.of(references, batch(2), DriftBounds.DEFAULT, Map.of("moved", 0.3, "same", 0.7));
    assertThat(drift.ranked().get(0).feature()).isEqualTo("moved");
    assertThat(drift.with(DriftVerdict.FAILED)).hasSize(1);
    assertThat(drift.with(DriftVerdict.STABLE)).hasSize(1);
    assertThat(drift.failedImportance()).isEqualTo(0.3);
    assertThat(drift.referenceRows()).isEqualTo(5_000);
    assertThat(drift.currentRows()).isEqualTo(5_000);
  }
}
