package dev.penstock.platform.internal.compiled;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.Place;
import dev.penstock.data.Suggestion;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureService;
import dev.penstock.feature.OnDemandFeature;
import dev.penstock.feature.OnDemandView;
import dev.penstock.feature.ServiceView;
import dev.penstock.platform.compiled.CompiledService;
import dev.penstock.platform.compiled.CompiledView;
import dev.penstock.platform.definition.FeatureServiceDefinition;
import dev.penstock.platform.definition.FeatureServiceDefinition.ViewLine;
import dev.penstock.platform.definition.KeyMapping;
import dev.penstock.platform.definition.OnDemandViewDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles feature services. */
final class ServiceCompiler {
  private final Compilation compilation;
  private final FeatureServiceDefinition definition;
  private final Map<String, Field> request = new LinkedHashMap<>();
  private final Map<String, Fingerprint> fingerprints = new LinkedHashMap<>();

  private ServiceCompiler(Compilation compilation, FeatureServiceDefinition definition) {
    this.compilation = compilation;
    this.definition = definition;
  }

  static Optional<CompiledService> compile(
      Compilation compilation, FeatureServiceDefinition definition) {
    return new ServiceCompiler(compilation, definition).compile();
  }

  private Optional<CompiledService> compile() {
    int before = compilation.problemCount();
    List<ServiceView> views = new ArrayList<>();
    List<Field> stored = new ArrayList<>();
    boolean complete = true;
    for (ViewLine line : definition.views()) {
      if (isOnDemand(line)) {
        continue;
      }
      Optional<CompiledView> view = compilation.view(line.view().text());
      complete &= view.isPresent();
      view.map(found -> view(line, found))
          .ifPresent(
              used -> {
                views.add(used);
                for (Feature feature : used.view().features()) {
                  stored.add(Field.of(used.column(feature), feature.type()));
                }
              });
    }
    if (!complete) {
      return Optional.empty();
    }
    List<OnDemandView> onDemand = new ArrayList<>();
    for (ViewLine line : definition.views()) {
      if (isOnDemand(line) && compilation.canonical(line.view().text()).isPresent()) {
        onDemand(line, stored).ifPresent(onDemand::add);
      }
    }
    long wanted = definition.views().stream().filter(this::isOnDemand).count();
    if (compilation.problemCount() > before || onDemand.size() < wanted) {
      return Optional.empty();
    }
    return compilation
        .attempt(definition.place(), () -> new FeatureService(definition.name(), views, onDemand))
        .map(this::compiled);
  }

  private boolean isOnDemand(ViewLine line) {
    return compilation.project().graph().find(line.view().text()).orElseThrow()
        instanceof OnDemandViewDefinition;
  }

  private ServiceView view(ViewLine line, CompiledView view) {
    List<Field> keys = view.view().entity().keys();
    List<String> names = keys.stream().map(Field::name).toList();
    Map<String, KeyMapping> with = new HashMap<>();
    for (KeyMapping mapping : line.with()) {
      if (!names.contains(mapping.key().text())) {
        compilation.problem(
            ErrorCode.DEFINITION_UNKNOWN_FIELD,
            mapping.key().place(),
            "entity '"
                + view.view().entity().name()
                + "' of view '"
                + view.name()
                + "' has no key '"
                + mapping.key()
                + "'",
            Suggestion.among(mapping.key().text(), names));
      }
      with.put(mapping.key().text(), mapping);
    }
    List<String> columns = new ArrayList<>();
    for (Field key : keys) {
      KeyMapping mapping = with.get(key.name());
      String column = mapping == null ? key.name() : mapping.column().text();
      columns.add(column);
      ask(
          new Field(column, key.type(), false),
          mapping == null ? line.place() : mapping.column().place());
    }
    ServiceView used = new ServiceView(view.view(), line.prefix(), columns);
    for (Feature feature : view.view().features()) {
      fingerprints.put(
          used.column(feature),
          Fingerprint.of(
              List.of(
                  "served feature 1", view.fingerprint(feature).hex(), String.join(",", columns))));
    }
    return used;
  }

  /** Adds what has to be brought; the same name twice must be the same thing. */
  private void ask(Field field, Place place) {
    Field before = request.putIfAbsent(field.name(), field);
    if (before != null && !ViewCompiler.sameKey(before.type(), field.type())) {
      compilation.problem(
          ErrorCode.TYPE_MISMATCH,
          place,
          "the request's '"
              + field.name()
              + "' is "
              + before.type()
              + " for one view of service '"
              + definition.name()
              + "' and "
              + field.type()
              + " for another",
          "give them two names");
    }
  }

  private Optional<OnDemandView> onDemand(ViewLine line, List<Field> stored) {
    OnDemandViewDefinition view =
        compilation.project().require(OnDemandViewDefinition.class, line.view().text());
    if (!line.prefix().equals(view.name())) {
      compilation.problem(
          ErrorCode.UNSUPPORTED,
          line.place(),
          "an on-demand view keeps its name in a service",
          "leave 'as " + line.prefix() + "' out");
    }
    view.request().forEach(column -> ask(column.field(), line.place()));
    Optional<OnDemandView> compiled = OnDemandCompiler.compile(compilation, view, stored);
    compiled.ifPresent(
        found -> {
          for (OnDemandFeature feature : found.features()) {
            fingerprints.put(found.name() + "__" + feature.name(), fingerprint(feature));
          }
        });
    return compiled;
  }

  private Fingerprint fingerprint(OnDemandFeature feature) {
    List<String> parts = new ArrayList<>(List.of("on-demand feature 1", feature.text()));
    parts.addAll(feature.expression().semantics());
    for (String column : feature.expression().columns().stream().sorted().toList()) {
      Fingerprint stored = fingerprints.get(column);
      parts.add(stored == null ? column : column + " " + stored);
    }
    return Fingerprint.of(parts);
  }

  private CompiledService compiled(FeatureService service) {
    Canonicals canonical = new Canonicals(compilation, definition);
    for (ServiceView view : service.views()) {
      canonical
          .part(
              "view " + view.prefix(),
              view.view().name() + " with " + String.join(", ", view.requestColumns()))
          .on(view.view().name());
    }
    for (OnDemandView view : service.onDemand()) {
      canonical.part("view " + view.name(), "on demand").on(view.name());
    }
    compilation.canonical(definition.name(), canonical.done());
    return new CompiledService(definition, service, List.copyOf(request.values()), fingerprints);
  }
}
