package dev.penstock.platform.definition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

  /** The kind whose documents begin with this key. */
  public static Optional<Kind> ofKey(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }

  /** The keys of all kinds. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Kind::key).toList();
  }

  /** As in a sentence: {@code feature view}. */
  public String words() {
    return key().replace('_', ' ');
  }

  /** As in a sentence: {@code an entity}. */
  public String withArticle() {
    return (this == ENTITY || this == ON_DEMAND_VIEW ? "an " : "a ") + words();
  }

  @Override
  public String toString() {
    return key();
  }
}
