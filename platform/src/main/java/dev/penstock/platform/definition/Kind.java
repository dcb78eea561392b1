package dev.penstock.platform.definition;

import java.util.Locale;

/** The kinds of definition, in the order in which they can build on each other. */
public enum Kind {
  ENTITY,
  SOURCE,
  TRANSFORM,
  FEATURE_VIEW,
  ON_DEMAND_VIEW,
  FEATURE_SERVICE,
  DATASET,
  MODEL,
  MONITOR;

  /** As the first key of a document: {@code feature_view}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As in a sentence: {@code feature view}. */
  public String words() {
    return key().replace('_', ' ');
  }

  @Override
  public String toString() {
    return key();
  }
}
