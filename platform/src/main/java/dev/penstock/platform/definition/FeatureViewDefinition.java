package dev.penstock.platform.definition;

import dev.penstock.data.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Features of an entity over the rows of a source or transform, or the values of another view.
 *
 * @param key which input column holds which key of the entity; keys that are not named are in
 *     columns of their own name
 * @param retention null: as long as the longest window
 */
public record FeatureViewDefinition(
    About about,
    Written entity,
    List<KeyMapping> key,
    Written source,
    @Nullable Written where,
    List<FeatureLine> features,
    @Nullable Span retention,
    @Nullable Span maxAge)
    implements Definition {
  public FeatureViewDefinition {
    key = List.copyOf(key);
    features = List.copyOf(features);
  }

  @Override
  public Kind kind() {
    return Kind.FEATURE_VIEW;
  }
}
