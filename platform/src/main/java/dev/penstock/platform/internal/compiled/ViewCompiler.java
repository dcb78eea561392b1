package dev.penstock.platform.internal.compiled;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.AggregateParameter;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import dev.penstock.platform.compiled.Canonical;
import dev.penstock.platform.compiled.CompiledDerivedLog;
import dev.penstock.platform.compiled.CompiledRows;
import dev.penstock.platform.compiled.CompiledView;
import dev.penstock.platform.definition.ColumnDefinition;
import dev.penstock.platform.definition.EntityDefinition;
import dev.penstock.platform.definition.FeatureLine;
import dev.penstock.platform.definition.FeatureLine.WrittenWindow;
import dev.penstock.platform.definition.FeatureViewDefinition;
import dev.penstock.platform.definition.KeyMapping;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.platform.definition.Written;
import dev.penstock.sql.LookupTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Compiles feature views. */
final class ViewCompiler {
  private final Compilation compilation;
  private final FeatureViewDefinition definition;
  private final CompiledRows input;

  private ViewCompiler(
      Compilation compilation, FeatureViewDefinition definition, CompiledRows input) {
    this.compilation = compilation;
    this.definition = definition;
    this.input = input;
  }

  static Optional<CompiledView> compile(Compilation compilation, FeatureViewDefinition definition) {
    return compilation
        .input(definition.source())
        .flatMap(input -> new ViewCompiler(compilation, definition, input).compile());
  }

  private Optional<CompiledView> compile() {
    int before = compilation.problemCount();
    if (input instanceof CompiledDerivedLog log && !isChainable(log)) {
      return Optional.empty();
    }
    EntityDefinition entity =
        compilation.project().require(EntityDefinition.class, definition.entity().text());
    List<String> keyColumns = keyColumns(entity);
    Optional<Expression> where =
        definition.where() == null
            ? Optional.empty()
            : compilation.expression(definition.where(), input.schema(), Scalar.BOOLEAN, "'where'");
    List<Feature> features = new ArrayList<>();
    definition.features().forEach(line -> features.addAll(features(line)));
    if (input.rootSource() == null && input.isTimeless()) {
      compilation.problem(
          ErrorCode.DEFINITION_MISSING_FIELD,
          definition.source().place(),
          "the rows of '" + input.name() + "' have no event time, which features need",
          "give the transform an 'event_time'");
    }
    if (compilation.problemCount() > before) {
      return Optional.empty();
    }
    Span retention =
        definition.retention() == null
            ? FeatureView.longestReach(features)
            : definition.retention();
    Optional<FeatureView> view =
        compilation.attempt(
            definition.place(),
            () ->
                chained(
                    new FeatureView(
                            definition.name(),
                            new Entity(
                                entity.name(),
                                entity.keys().stream().map(ColumnDefinition::field).toList()),
                            keyColumns,
                            where.orElse(null),
                            features,
                            retention,
                            definition.maxAge())
                        .over(compilation.changes(input))));
    return view.map(this::compiled);
  }

  private FeatureView chained(FeatureView view) {
    return input instanceof CompiledDerivedLog log ? view.chainedTo(log.upstream().view()) : view;
  }

  /** Whether the view has a derived log: its columns are apart and its rows have time and place. */
  private boolean isChainable(CompiledDerivedLog log) {
    Place place = definition.source().place();
    CompiledRows rows = log.upstream().input();
    if (rows.rootSource() == null || rows.isTimeless()) {
      compilation.problem(
          ErrorCode.UNSUPPORTED,
          place,
          "view '"
              + log.name()
              + "' is over rows that "
              + (rows.isTimeless() ? "have no event time" : "the SQL engine makes"),
          "read the values of a view of a source or of a row-wise transform");
      return false;
    }
    return compilation.attempt(place, log::schema).isPresent();
  }

  private CompiledView compiled(FeatureView view) {
    Canonicals canonical =
        new Canonicals(compilation, definition)
            .part("entity", view.entity().text())
            .part("key", String.join(", ", view.keyColumns()))
            .part("source", input.name())
            .part(
                "retention",
                view.retention().equals(FeatureView.UNBOUNDED) ? "unbounded" : view.retention())
            .semantics(view.semantics())
            .on(input.name());
    if (view.where() != null) {
      canonical.part("where", view.where().text());
    }
    if (view.maxAge() != null) {
      canonical.part("max_age", view.maxAge());
    }
    for (Feature feature : view.features()) {
      canonical.part(
          "feature " + feature.name(),
          feature.aggregate().text() + " over " + feature.window().text());
    }
    List<String> content = content();
    canonical.semantics(content);
    compilation.canonical(definition.name(), canonical.done());
    Fingerprint upstream =
        compilation.canonical(input.name()).map(Canonical::fingerprint).orElseThrow();
    Map<String, Fingerprint> fingerprints = new HashMap<>();
    for (Feature feature : view.features()) {
      List<String> parts = new ArrayList<>(List.of("feature 1", upstream.hex()));
      parts.addAll(view.fingerprintParts(feature));
      parts.addAll(content);
      fingerprints.put(feature.name(), Fingerprint.of(parts));
    }
    return new CompiledView(definition, view, input, fingerprints);
  }

  /**
   * What a dimension holds is part of a view over it, as it is of a lookup in it: its rows have no
   * positions by which a later content could be told from an earlier one.
   */
  private List<String> content() {
    String source = input.rootSource();
    if (source == null) {
      return List.of();
    }
    SourceDefinition definition = compilation.project().require(SourceDefinition.class, source);
    if (!definition.isDimension()) {
      return List.of();
    }
    LookupTable table = compilation.pins().table(source);
    return table == null
        ? List.of()
        : definition.contract().names().stream()
            .map(column -> "lookup " + source + "." + column + " " + table.fingerprint(column))
            .toList();
  }

  private List<String> keyColumns(EntityDefinition entity) {
    List<String> names = entity.keys().stream().map(ColumnDefinition::name).toList();
    Map<String, Written> columns = new HashMap<>();
    for (KeyMapping mapping : definition.key()) {
      if (!names.contains(mapping.key().text())) {
        compilation.problem(
            ErrorCode.DEFINITION_UNKNOWN_FIELD,
            mapping.key().place(),
            "entity '" + entity.name() + "' has no key '" + mapping.key() + "'",
            Suggestion.among(mapping.key().text(), names));
      }
      columns.put(mapping.key().text(), mapping.column());
    }
    List<String> keyColumns = new ArrayList<>();
    for (ColumnDefinition key : entity.keys()) {
      Written column =
          columns.getOrDefault(key.name(), new Written(key.name(), definition.entity().place()));
      keyColumns.add(column.text());
      keyColumn(key.field(), column);
    }
    return keyColumns;
  }

  private void keyColumn(Field key, Written column) {
    Schema schema = input.schema();
    if (!schema.contains(column.text())) {
      compilation.problem(
          ErrorCode.COLUMN_NOT_FOUND,
          column.place(),
          "column '" + column + "' is not in '" + input.name() + "'",
          Suggestion.among(column.text(), schema.names())
              + "; key: {"
              + key.name()
              + ": COLUMN} says which one holds the key");
    } else if (!sameKey(key.type(), schema.field(column.text()).type())) {
      compilation.problem(
          ErrorCode.TYPE_MISMATCH,
          column.place(),
          "key '"
              + key.name()
              + "' is "
              + key.type()
              + ", and column '"
              + column
              + "' is "
              + schema.field(column.text()).type(),
          "");
    }
  }

  /** Whether values of these types are one key: the same type, or both whole numbers. */
  static boolean sameKey(Type first, Type second) {
    boolean whole =
        (first == Scalar.INT32 || first == Scalar.INT64)
            && (second == Scalar.INT32 || second == Scalar.INT64);
    return whole || first.equals(second);
  }

  private List<Feature> features(FeatureLine line) {
    Optional<Aggregate> aggregate = aggregate(line);
    boolean windows = windows(line);
    if (aggregate.isEmpty() || !windows) {
      return List.of();
    }
    List<Feature> features = new ArrayList<>();
    if (line.windows().isEmpty()) {
      features.add(new Feature(line.name().text(), aggregate.get(), Window.LIFETIME));
    }
    for (int i = 0; i < line.windows().size(); i++) {
      Window window = line.windows().get(i).window();
      features.add(new Feature(line.featureNames().get(i), aggregate.get(), window));
    }
    return features;
  }

  private boolean windows(FeatureLine line) {
    if (line.windows().isEmpty() && !input.isTimeless()) {
      compilation.problem(
          ErrorCode.DEFINITION_MISSING_FIELD,
          line.name().place(),
          "feature '" + line.name() + "' has no window",
          "write '" + line.name() + " over 1h, 24h', or 'over lifetime' for all there ever was");
      return false;
    }
    boolean bounded = definition.retention() != null || hasLifetime();
    for (WrittenWindow window : line.windows()) {
      if (input.isTimeless() && !window.window().equals(Window.LIFETIME)) {
        compilation.problem(
            ErrorCode.DEFINITION_VALUE,
            window.place(),
            "the rows of '" + input.name() + "' have no event time to be in a window of",
            "leave 'over " + window.window().text() + "' out");
        return false;
      } else if (Window.isBoundedByRetention(window.window()) && !bounded) {
        compilation.problem(
            ErrorCode.DEFINITION_MISSING_FIELD,
            window.place(),
            "the window '" + window.window().text() + "' sees as far back as the view keeps rows",
            "say how far: retention: 30d");
        return false;
      }
    }
    return true;
  }

  /** Whether the view keeps rows forever anyway. */
  private boolean hasLifetime() {
    return definition.features().stream()
        .flatMap(line -> line.windows().stream())
        .anyMatch(window -> window.window().equals(Window.LIFETIME));
  }

  private Optional<Aggregate> aggregate(FeatureLine line) {
    Optional<AggregateFunction> function =
        compilation.attempt(
            line.function().place(), () -> AggregateFunction.named(line.function().text()));
    if (function.isEmpty()) {
      return Optional.empty();
    }
    List<Written> written = new ArrayList<>(line.arguments());
    Optional<List<Double>> parameters = parameters(line, function.get(), written);
    List<Expression> arguments = new ArrayList<>();
    for (Written argument : written) {
      compilation
          .expression(argument, input.schema(), null, "an argument")
          .ifPresent(arguments::add);
    }
    Optional<Expression> where =
        line.where() == null
            ? Optional.empty()
            : compilation.expression(line.where(), input.schema(), Scalar.BOOLEAN, "'where'");
    boolean whereFailed = line.where() != null && where.isEmpty();
    Optional<Expression> by =
        line.by() == null
            ? Optional.empty()
            : compilation.expression(line.by(), input.schema(), null, "'by'");
    boolean byFailed = line.by() != null && by.isEmpty();
    if (arguments.size() < written.size() || whereFailed || byFailed || parameters.isEmpty()) {
      return Optional.empty();
    }
    Place place = written.isEmpty() ? line.function().place() : written.get(0).place();
    Optional<Aggregate> aggregate =
        compilation.attempt(
            place,
            () ->
                of(
                    line,
                    () ->
                        new Aggregate(
                            function.get(), arguments, where.orElse(null), parameters.get())));
    if (line.by() != null && aggregate.isPresent()) {
      Aggregate whole = aggregate.get();
      aggregate =
          compilation.attempt(line.by().place(), () -> of(line, () -> whole.by(by.orElseThrow())));
    }
    Optional<Aggregate> divided = aggregate;
    Written otherwise = line.otherwise();
    return otherwise == null || divided.isEmpty()
        ? divided
        : compilation.attempt(
            otherwise.place(), () -> of(line, () -> divided.get().withDefault(otherwise.text())));
  }

  /** A refusal names the feature too. */
  private static Aggregate of(FeatureLine line, Supplier<Aggregate> aggregate) {
    try {
      return aggregate.get();
    } catch (PenstockException e) {
      throw new PenstockException(
          e.code(), e.place(), e.what() + " (feature '" + line.name() + "')", e.hint(), e);
    }
  }

  /** Takes the arguments that are parameters, such as the share of a percentile. */
  private Optional<List<Double>> parameters(
      FeatureLine line, AggregateFunction function, List<Written> arguments) {
    List<AggregateParameter> wanted = function.parameters();
    int given = arguments.size() - function.arguments();
    int needed = wanted.size();
    if (!wanted.isEmpty() && wanted.get(needed - 1) == AggregateParameter.LIMIT) {
      needed--;
    }
    if (!wanted.isEmpty() && (given < needed || given > wanted.size())) {
      compilation.problem(
          ErrorCode.DEFINITION_VALUE,
          line.function().place(),
          function + " takes " + function.takes(),
          "write " + function.example());
      return Optional.empty();
    }
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < wanted.size() && arguments.size() > function.arguments(); i++) {
      Optional<Double> value =
          value(function, wanted.get(i), arguments.remove(function.arguments()));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(values);
  }

  private Optional<Double> value(
      AggregateFunction function, AggregateParameter parameter, Written written) {
    try {
      return Optional.of(
          parameter.isSpan()
              ? (double) Span.parse(written.text()).micros()
              : Double.parseDouble(written.text()));
    } catch (IllegalArgumentException e) {
      compilation.problem(
          ErrorCode.DEFINITION_VALUE,
          written.place(),
          "the "
              + parameter
              + " of "
              + function
              + " is "
              + parameter.bounds()
              + ", not '"
              + written
              + "'",
          "write " + function.example());
      return Optional.empty();
    }
  }
}
