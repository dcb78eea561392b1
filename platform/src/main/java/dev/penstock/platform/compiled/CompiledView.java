package dev.penstock.platform.compiled;

import dev.penstock.data.Fingerprint;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.platform.definition.FeatureViewDefinition;
import java.util.Map;

/**
 * A feature view, compiled.
 *
 * @param input where its rows come from
 * @param featureFingerprints by feature: changes when that feature's values may change
 */
public record CompiledView(
    FeatureViewDefinition definition,
    FeatureView view,
    CompiledRows input,
    Map<String, Fingerprint> featureFingerprints) {
  public CompiledView {
    featureFingerprints = Map.copyOf(featureFingerprints);
  }

  public String name() {
    return definition.name();
  }

  public Fingerprint fingerprint(Feature feature) {
    Fingerprint found = featureFingerprints.get(feature.name());
    if (found == null) {
      throw new IllegalArgumentException("not of this view: " + feature.name());
    }
    return found;
  }
}
