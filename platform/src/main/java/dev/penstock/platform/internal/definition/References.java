package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Place;
import dev.penstock.data.Suggestion;
import dev.penstock.platform.definition.DatasetDefinition;
import dev.penstock.platform.definition.Definition;
import dev.penstock.platform.definition.FeatureServiceDefinition;
import dev.penstock.platform.definition.FeatureServiceDefinition.ViewLine;
import dev.penstock.platform.definition.FeatureViewDefinition;
import dev.penstock.platform.definition.Kind;
import dev.penstock.platform.definition.ModelDefinition;
import dev.penstock.platform.definition.MonitorDefinition;
import dev.penstock.platform.definition.TransformDefinition;
import dev.penstock.platform.definition.Written;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks that what definitions name is there, and of the kind that is wanted. */
final class References {
  private static final List<Kind> ROWS = List.of(Kind.SOURCE, Kind.TRANSFORM);

  /** What a view reads. */
  private static final List<Kind> INPUT = List.of(Kind.SOURCE, Kind.TRANSFORM, Kind.FEATURE_VIEW);

  private final Map<String, Kind> declared;
  private final Set<String> ambiguous;
  private final Problems problems;

  /**
   * Begins the check.
   *
   * @param declared all names there are, also those of definitions that could not be read
   * @param ambiguous names that are defined twice, of which either may have been meant
   */
  References(Map<String, Kind> declared, Set<String> ambiguous, Problems problems) {
    this.declared = declared;
    this.ambiguous = ambiguous;
    this.problems = problems;
  }

  void check(Definition definition, Map<String, Definition> all) {
    if (definition instanceof TransformDefinition transform) {
      transform
          .query()
          .tables()
          .forEach(
              table ->
                  wanted(new Written(table.name(), place(transform.sql(), table.name())), ROWS));
    } else if (definition instanceof FeatureViewDefinition view) {
      wanted(view.entity(), List.of(Kind.ENTITY));
      wanted(view.source(), INPUT);
    } else if (definition instanceof FeatureServiceDefinition service) {
      service.views().forEach(this::view);
    } else if (definition instanceof DatasetDefinition dataset) {
      wanted(dataset.spine(), ROWS);
      wanted(dataset.label().from(), ROWS);
      wanted(dataset.features(), List.of(Kind.FEATURE_SERVICE));
    } else if (definition instanceof ModelDefinition model) {
      wanted(model.dataset(), List.of(Kind.DATASET));
      splits(model, Optional.ofNullable(all.get(model.dataset().text())));
    } else if (definition instanceof MonitorDefinition monitor) {
      wanted(monitor.target(), List.of(Kind.FEATURE_SERVICE, Kind.MODEL));
      if (monitor.reference() != null) {
        wanted(monitor.reference(), List.of(Kind.DATASET));
      } else if (declared.get(monitor.target().text()) == Kind.FEATURE_SERVICE) {
        problems.add(
            ErrorCode.DEFINITION_MISSING_FIELD,
            monitor.place(),
            "a monitor of a feature service needs a 'reference'",
            "name the dataset to compare with");
      }
    }
  }

  /** Where a query names a table. */
  private static Place place(Written sql, String table) {
    Matcher matcher =
        Pattern.compile("(?i)\\b(?:from|join)\\s+\"?" + Pattern.quote(table) + "\\b")
            .matcher(sql.text());
    return matcher.find()
        ? new LineCursor(sql).placeAt(matcher.end() - table.length())
        : sql.place();
  }

  private void view(ViewLine line) {
    wanted(line.view(), List.of(Kind.FEATURE_VIEW, Kind.ON_DEMAND_VIEW));
    if (declared.get(line.view().text()) == Kind.ON_DEMAND_VIEW && !line.with().isEmpty()) {
      problems.add(
          ErrorCode.DEFINITION_VALUE,
          line.with().get(0).key().place(),
          "an on-demand view has no keys",
          "its request fields are columns of their own names");
    }
  }

  private void splits(ModelDefinition model, Optional<Definition> dataset) {
    if (dataset.isEmpty() || !(dataset.get() instanceof DatasetDefinition found)) {
      return;
    }
    List<String> names = found.splits().stream().map(DatasetDefinition.Split::name).toList();
    String what = "split of '" + found.name() + "'";
    known(
        problems,
        ErrorCode.DEFINITION_NOT_FOUND,
        what,
        new Written(model.trainSplit(), model.place()),
        names);
    if (model.earlyStopping() != null) {
      known(problems, ErrorCode.DEFINITION_NOT_FOUND, what, model.earlyStopping().split(), names);
    }
  }

  private void wanted(Written name, List<Kind> kinds) {
    Kind found = declared.get(name.text());
    if (ambiguous.contains(name.text()) || (found != null && kinds.contains(found))) {
      return;
    }
    String words = kinds.stream().map(Kind::words).collect(Collectors.joining(" or "));
    List<String> names =
        declared.entrySet().stream()
            .filter(entry -> kinds.contains(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    problems.add(
        ErrorCode.DEFINITION_NOT_FOUND,
        name.place(),
        found == null
            ? "there is no " + words + " '" + name + "'"
            : "'" + name + "' is " + found.withArticle() + ", wanted is a " + words,
        Suggestion.among(name.text(), names));
  }

  /** Reports a name that is not among these. */
  static void known(
      Problems problems, ErrorCode code, String what, Written name, Collection<String> names) {
    if (!names.contains(name.text())) {
      problems.add(
          code,
          name.place(),
          "there is no " + what + " '" + name + "'",
          Suggestion.among(name.text(), names));
    }
  }
}
