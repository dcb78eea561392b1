package dev.penstock.platform.internal.compiled;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.platform.compiled.Canonical;
import dev.penstock.platform.compiled.Compiled;
import dev.penstock.platform.compiled.CompiledDataset;
import dev.penstock.platform.compiled.CompiledDerivedLog;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.compiled.CompiledRows;
import dev.penstock.platform.compiled.CompiledService;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.compiled.CompiledTransform;
import dev.penstock.platform.compiled.CompiledView;
import dev.penstock.platform.definition.DatasetDefinition;
import dev.penstock.platform.definition.Definition;
import dev.penstock.platform.definition.EntityDefinition;
import dev.penstock.platform.definition.FeatureServiceDefinition;
import dev.penstock.platform.definition.FeatureViewDefinition;
import dev.penstock.platform.definition.ModelDefinition;
import dev.penstock.platform.definition.MonitorDefinition;
import dev.penstock.platform.definition.OnDemandViewDefinition;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.platform.definition.TransformDefinition;
import dev.penstock.platform.definition.Written;
import dev.penstock.platform.internal.definition.Problems;
import dev.penstock.sql.Expressions;
import dev.penstock.sql.Lookups;
import dev.penstock.sql.SqlEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one compilation: what is compiled so far, and what was wrong. A definition that
 * builds on one that failed is left out without a word, so that each mistake is told once.
 */
public final class Compilation {
  private final Project project;
  private final Lookups pins;
  private final SqlEngine engine;
  private final Problems problems = new Problems();
  private final Map<String, CompiledSource> sources = new LinkedHashMap<>();
  private final Map<String, CompiledTransform> transforms = new LinkedHashMap<>();
  private final Map<String, CompiledView> views = new LinkedHashMap<>();
  private final Map<String, CompiledService> services = new LinkedHashMap<>();
  private final Map<String, CompiledDataset> datasets = new LinkedHashMap<>();
  private final Map<String, CompiledModel> models = new LinkedHashMap<>();
  private final Map<String, Canonical> canonical = new LinkedHashMap<>();

  private Compilation(Project project, Lookups pins, SqlEngine engine) {
    this.project = project;
    this.pins = pins;
    this.engine = engine;
  }

  /** Compiles a project, see {@link Compiled#of}. */
  public static Compiled compile(Project project, Lookups pins, SqlEngine engine) {
    Compilation compilation = new Compilation(project, pins, engine);
    project.definitions().forEach(compilation::add);
    compilation.problems.throwIfAny();
    return compilation.result();
  }

  private void add(Definition definition) {
    String name = definition.name();
    if (definition instanceof EntityDefinition entity) {
      canonical.put(name, Canonicals.entity(entity));
    } else if (definition instanceof SourceDefinition source) {
      put(sources, name, SourceCompiler.compile(this, source));
    } else if (definition instanceof TransformDefinition transform) {
      put(transforms, name, TransformCompiler.compile(this, transform));
    } else if (definition instanceof FeatureViewDefinition view) {
      put(views, name, ViewCompiler.compile(this, view));
    } else if (definition instanceof OnDemandViewDefinition view) {
      OnDemandCompiler.check(this, view);
    } else if (definition instanceof FeatureServiceDefinition service) {
      put(services, name, ServiceCompiler.compile(this, service));
    } else if (definition instanceof DatasetDefinition dataset) {
      put(datasets, name, DatasetCompiler.compile(this, dataset));
    } else if (definition instanceof ModelDefinition model) {
      put(models, name, ModelCompiler.model(this, model));
    } else if (definition instanceof MonitorDefinition monitor) {
      ModelCompiler.monitor(this, monitor);
    }
  }

  private static <T> void put(Map<String, T> all, String name, Optional<T> compiled) {
    compiled.ifPresent(value -> all.put(name, value));
  }

  private Compiled result() {
    Map<String, CompiledSource> retimed = new LinkedHashMap<>();
    sources.forEach(
        (name, source) -> retimed.put(name, Retiming.into(source, transforms.values())));
    return new Compiled(
        project,
        retimed,
        transforms,
        views,
        services,
        datasets,
        models,
        canonical,
        ManifestWriter.manifest(project, retimed, transforms, views, services, canonical));
  }

  Project project() {
    return project;
  }

  Lookups pins() {
    return pins;
  }

  SqlEngine engine() {
    return engine;
  }

  Map<String, CompiledView> views() {
    return views;
  }

  Optional<CompiledRows> rows(Written name) {
    CompiledSource source = sources.get(name.text());
    return Optional.ofNullable(source != null ? source : transforms.get(name.text()));
  }

  /** What a view may read: the rows of a source, a transform or another view. */
  Optional<CompiledRows> input(Written name) {
    CompiledView view = views.get(name.text());
    return view == null ? rows(name) : Optional.of(new CompiledDerivedLog(view));
  }

  /** Whether rows may be taken back, as those of a source whose rows change. */
  ChangelogMode changes(CompiledRows rows) {
    CompiledSource root = rows.rootSource() == null ? null : sources.get(rows.rootSource());
    return root != null && root.hasChangingRows()
        ? ChangelogMode.RETRACT
        : ChangelogMode.INSERT_ONLY;
  }

  Optional<CompiledView> view(String name) {
    return Optional.ofNullable(views.get(name));
  }

  Optional<CompiledService> service(String name) {
    return Optional.ofNullable(services.get(name));
  }

  Optional<CompiledDataset> dataset(String name) {
    return Optional.ofNullable(datasets.get(name));
  }

  Optional<CompiledModel> model(String name) {
    return Optional.ofNullable(models.get(name));
  }

  Optional<Canonical> canonical(String name) {
    return Optional.ofNullable(canonical.get(name));
  }

  void canonical(String name, Canonical meaning) {
    canonical.put(name, meaning);
  }

  int problemCount() {
    return problems.count();
  }

  void problem(ErrorCode code, Place place, String what, String hint) {
    problems.add(code, place, what, hint);
  }

  /** What the supplier gives, or nothing and a problem more, at this place if it names none. */
  <T> Optional<T> attempt(Place place, Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (PenstockException e) {
      problems.add(e.at(place));
      return Optional.empty();
    }
  }

  /**
   * Compiles an expression.
   *
   * @param wanted its type; null when any will do
   * @param what it is, for the error when its type is another
   */
  Optional<Expression> expression(Written sql, Schema schema, @Nullable Type wanted, String what) {
    Optional<Expression> compiled =
        attempt(sql.place(), () -> Expressions.compile(sql.text(), schema, pins, sql.place()));
    if (compiled.isPresent() && wanted != null && !compiled.get().type().equals(wanted)) {
      problem(
          ErrorCode.TYPE_MISMATCH,
          sql.place(),
          what + " must be " + wanted + ", and this is " + compiled.get().type(),
          hint(wanted, compiled.get().type()));
      return Optional.empty();
    }
    return compiled;
  }

  private static String hint(Type wanted, Type found) {
    if (wanted == Scalar.TIMESTAMP && found == Scalar.LOCAL_TIMESTAMP) {
      return "to_utc(column, 'Europe/Berlin') makes an instant of a local time";
    }
    return wanted == Scalar.BOOLEAN ? "write a condition, such as delay > 0" : "";
  }
}
