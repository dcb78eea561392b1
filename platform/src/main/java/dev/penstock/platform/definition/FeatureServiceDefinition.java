package dev.penstock.platform.definition;

import dev.penstock.data.Place;
import java.util.List;

/** The set of features that a model is served with. */
public record FeatureServiceDefinition(About about, List<ViewLine> views) implements Definition {
  public FeatureServiceDefinition {
    views = List.copyOf(views);
  }

  /**
   * {@code arrivals as arrivals_at_origin with airport = origin}.
   *
   * @param prefix of the view's columns: the alias, or the view's name
   * @param with which request column holds which key; keys that are not named are in columns of
   *     their own name
   */
  public record ViewLine(Written view, String prefix, List<KeyMapping> with, Place place) {
    public ViewLine {
      with = List.copyOf(with);
    }
  }

  @Override
  public Kind kind() {
    return Kind.FEATURE_SERVICE;
  }
}
