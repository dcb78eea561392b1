package dev.penstock.platform.compiled;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.internal.compiled.Compilation;
import dev.penstock.sql.Lookups;
import dev.penstock.sql.SqlEngine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A project, compiled: everything by name, in an order in which each comes after what it builds on.
 * Immutable and thread-safe.
 *
 * @param canonical of every definition
 */
public record Compiled(
    Project project,
    Map<String, CompiledSource> sources,
    Map<String, CompiledTransform> transforms,
    Map<String, CompiledView> views,
    Map<String, CompiledService> services,
    Map<String, CompiledDataset> datasets,
    Map<String, CompiledModel> models,
    Map<String, Canonical> canonical,
    Manifest manifest) {
  public Compiled {
    sources = copy(sources);
    transforms = copy(transforms);
    views = copy(views);
    services = copy(services);
    datasets = copy(datasets);
    models = copy(models);
    canonical = copy(canonical);
  }

  /**
   * Compiles every expression and checks every type.
   *
   * @param pins the content of each dimension, as the lookups are to see it
   * @param engine asked for the columns of transforms that are not row-wise, and for nothing else
   * @throws dev.penstock.platform.definition.DefinitionErrors with all that is wrong
   */
  public static Compiled of(Project project, Lookups pins, SqlEngine engine) {
    return Compilation.compile(project, pins, engine);
  }

  /** The fingerprint of a definition. */
  public Fingerprint fingerprint(String name) {
    return require(canonical, name, "definition").fingerprint();
  }

  /** The rows of a source or transform. */
  public CompiledRows rows(String name) {
    CompiledSource source = sources.get(name);
    return source != null ? source : require(transforms, name, "source or transform");
  }

  public CompiledSource source(String name) {
    return require(sources, name, "source");
  }

  public CompiledView view(String name) {
    return require(views, name, "feature view");
  }

  public CompiledService service(String name) {
    return require(services, name, "feature service");
  }

  public CompiledDataset dataset(String name) {
    return require(datasets, name, "dataset");
  }

  public CompiledModel model(String name) {
    return require(models, name, "model");
  }

  private static <T> T require(Map<String, T> all, String name, String what) {
    T found = all.get(name);
    if (found == null) {
      throw new PenstockException(
          ErrorCode.DEFINITION_NOT_FOUND,
          "there is no " + what + " '" + name + "'",
          Suggestion.among(name, all.keySet()));
    }
    return found;
  }

  private static <T> Map<String, T> copy(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
