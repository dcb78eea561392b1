package dev.penstock.feature;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Span;
import dev.penstock.data.Suggestion;
import dev.penstock.data.SystemColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Features of one entity over the rows of one input. Its values at a moment are a pure function of
 * this definition, the visible rows of the key and the moment.
 *
 * @param keyColumns columns of the input that hold the entity's key, in the entity's order
 * @param where only rows where this is true belong to the view; all rows without it
 * @param retention how far back any feature of the view may see, at least its longest window
 * @param maxAge features are withheld when the key's newest row is older; never without it
 * @param changes whether rows of the input may be taken back
 * @param upstream the view whose {@link DerivedLog} is the input; null when it is rows of a source
 */
public record FeatureView(
    String name,
    Entity entity,
    List<String> keyColumns,
    @Nullable Expression where,
    List<Feature> features,
    Span retention,
    @Nullable Span maxAge,
    ChangelogMode changes,
    @Nullable FeatureView upstream) {
  /** The retention of a view that forgets nothing. */
  public static final Span UNBOUNDED = new Span(Long.MAX_VALUE);

  public FeatureView {
    keyColumns = List.copyOf(keyColumns);
    features = List.copyOf(features);
    if (keyColumns.size() != entity.keys().size()) {
      throw refused(
          name,
          "has " + keyColumns.size() + " key columns for entity " + entity.text(),
          "name one column for each key of the entity");
    }
    if (features.isEmpty()) {
      throw refused(name, "has no feature", "add one, such as count() as events over 1d");
    }
    Set<String> names = new HashSet<>();
    for (Feature feature : features) {
      if (!names.add(feature.name())) {
        throw new PenstockException(
            ErrorCode.DEFINITION_DUPLICATE,
            "view '" + name + "' has two features '" + feature.name() + "'",
            "name them apart");
      }
      if (feature.window().reach().compareTo(retention) > 0) {
        throw refused(
            name,
            "keeps " + text(retention) + " but " + feature.name() + " sees " + text(feature),
            "make the retention at least as long as the longest window");
      }
      if (changes == ChangelogMode.RETRACT && feature.window() instanceof Window.Stepped) {
        throw refused(
            name,
            "lets single rows go ("
                + feature.name()
                + " over "
                + text(feature)
                + "), but its source may retract them",
            "write the window without 'resolution'");
      }
    }
    if (where != null && where.type() != Scalar.BOOLEAN) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          "where " + where.text() + " is " + where.type(),
          "write a condition that is true or false");
    }
    if (retention.micros() == 0 || (maxAge != null && maxAge.micros() == 0)) {
      throw refused(name, "has a retention or max age of nothing", "write a length such as 7d");
    }
    if (upstream != null) {
      if (changes == ChangelogMode.RETRACT || upstream.changes == ChangelogMode.RETRACT) {
        throw refused(
            name,
            "reads the values of view '" + upstream.name + "', whose rows may be retracted",
            "read a view of rows that stay");
      }
      DerivedLog.schema(upstream);
    }
  }

  /** A view of rows that stay. */
  public FeatureView(
      String name,
      Entity entity,
      List<String> keyColumns,
      @Nullable Expression where,
      List<Feature> features,
      Span retention,
      @Nullable Span maxAge) {
    this(
        name,
        entity,
        keyColumns,
        where,
        features,
        retention,
        maxAge,
        ChangelogMode.INSERT_ONLY,
        null);
  }

  /** The same view of an input whose rows change in that way. */
  public FeatureView over(ChangelogMode mode) {
    return new FeatureView(
        name, entity, keyColumns, where, features, retention, maxAge, mode, upstream);
  }

  /** The same view, chained: its input is the derived log of another. */
  public FeatureView chainedTo(FeatureView other) {
    return new FeatureView(
        name, entity, keyColumns, where, features, retention, maxAge, changes, other);
  }

  /** A view of all rows, kept as long as its longest window needs, without a max age. */
  public static FeatureView of(
      String name, Entity entity, List<String> keyColumns, List<Feature> features) {
    return new FeatureView(name, entity, keyColumns, null, features, longestReach(features), null);
  }

  /**
   * The retention of a view with these features that declares none: no less than any window needs,
   * and without end where only retention ends one.
   */
  public static Span longestReach(List<Feature> features) {
    if (features.stream().map(Feature::window).anyMatch(Window::isBoundedByRetention)) {
      return UNBOUNDED;
    }
    return features.stream()
        .map(feature -> feature.window().reach())
        .max(Comparator.naturalOrder())
        .orElse(new Span(1));
  }

  /**
   * The feature of that name.
   *
   * @throws PenstockException {@link ErrorCode#NOT_FOUND}
   */
  public Feature feature(String wanted) {
    return features.stream()
        .filter(feature -> feature.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new PenstockException(
                    ErrorCode.NOT_FOUND,
                    "view '" + name + "' has no feature '" + wanted + "'",
                    Suggestion.among(wanted, features.stream().map(Feature::name).toList())));
  }

  /** Names of the columns it reads of its input: keys, arguments, conditions, system columns. */
  public Set<String> columns() {
    Set<String> columns = new TreeSet<>(keyColumns);
    for (Expression expression : expressions()) {
      columns.addAll(expression.columns());
    }
    columns.add(SystemColumns.EVENT_TIME);
    columns.add(SystemColumns.SEEN_TIME);
    columns.add(SystemColumns.PARTITION);
    columns.add(SystemColumns.OFFSET);
    if (changes == ChangelogMode.RETRACT) {
      SystemColumns.RETRACTION_FIELDS.forEach(field -> columns.add(field.name()));
    }
    return columns;
  }

  /** The canonical text of the whole view: a line for the view, then a line per feature. */
  public String text() {
    StringBuilder text = new StringBuilder(heading());
    for (Feature feature : features) {
      text.append('\n').append(feature.text());
    }
    return text.toString();
  }

  /** What the view's meaning rests on besides its text: semantics of aggregates and expressions. */
  public List<String> semantics() {
    Set<String> lines = new TreeSet<>();
    features.forEach(feature -> lines.addAll(semantics(feature)));
    if (where != null) {
      lines.addAll(where.semantics());
    }
    if (upstream != null) {
      lines.add(DerivedLog.SEMANTICS);
    }
    return List.copyOf(lines);
  }

  /** The view's own part of its fingerprint: its text, then its semantics. */
  public List<String> fingerprintParts() {
    List<String> parts = new ArrayList<>();
    parts.add(text());
    parts.addAll(semantics());
    return parts;
  }

  /** The same for one of its features: what changes when this feature's values may change. */
  public List<String> fingerprintParts(Feature feature) {
    Set<String> semantics = new TreeSet<>(semantics(feature));
    if (where != null) {
      semantics.addAll(where.semantics());
    }
    if (upstream != null) {
      semantics.add(DerivedLog.SEMANTICS);
    }
    List<String> parts = new ArrayList<>(List.of(heading(), feature.text()));
    parts.addAll(semantics);
    return parts;
  }

  private static List<String> semantics(Feature feature) {
    List<String> lines = new ArrayList<>(feature.aggregate().semantics());
    lines.addAll(Window.semantics(feature.window()));
    return lines;
  }

  private String heading() {
    return "view "
        + name
        + " of "
        + entity.text()
        + " by "
        + String.join(", ", keyColumns)
        + (where == null ? "" : " where " + where.text())
        + " retention "
        + text(retention)
        + (maxAge == null ? "" : " max age " + maxAge)
        + (changes == ChangelogMode.INSERT_ONLY ? "" : " of rows that may be retracted")
        + (upstream == null ? "" : " of the values of " + upstream.name);
  }

  private List<Expression> expressions() {
    List<Expression> all = new ArrayList<>();
    features.forEach(feature -> all.addAll(feature.aggregate().expressions()));
    if (where != null) {
      all.add(where);
    }
    return all;
  }

  private static String text(Feature feature) {
    return feature.window().text();
  }

  private static String text(Span span) {
    return span.equals(UNBOUNDED) ? "unbounded" : span.toString();
  }

  private static PenstockException refused(String view, String what, String hint) {
    return new PenstockException(ErrorCode.DEFINITION_VALUE, "view '" + view + "' " + what, hint);
  }
}
