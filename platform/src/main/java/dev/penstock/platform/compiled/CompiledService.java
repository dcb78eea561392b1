package dev.penstock.platform.compiled;

import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.feature.FeatureService;
import dev.penstock.platform.definition.FeatureServiceDefinition;
import java.util.List;
import java.util.Map;

/**
 * A feature service, compiled.
 *
 * @param request what one has to bring: the keys of its views, then the fields of its on-demand
 *     views, each once
 * @param columnFingerprints by column {@code view__feature}: changes when its values may change
 */
public record CompiledService(
    FeatureServiceDefinition definition,
    FeatureService service,
    List<Field> request,
    Map<String, Fingerprint> columnFingerprints) {
  public CompiledService {
    request = List.copyOf(request);
    columnFingerprints = Map.copyOf(columnFingerprints);
  }

  public String name() {
    return definition.name();
  }
}
