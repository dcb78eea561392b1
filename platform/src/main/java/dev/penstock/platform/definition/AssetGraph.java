package dev.penstock.platform.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What builds on what in a project: its definitions and the edges between them. Immutable. */
public final class AssetGraph {
  private static final Pattern LOOKUP =
      Pattern.compile("(?i)\\blookup\\s*\\(\\s*([a-z][a-z0-9_]*)\\s*,");

  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final Map<String, Set<String>> dependencies = new TreeMap<>();
  private final Map<String, Set<String>> dependents = new TreeMap<>();

  private AssetGraph(List<Definition> sorted, Map<String, Set<String>> dependencies) {
    sorted.forEach(definition -> definitions.put(definition.name(), definition));
    this.dependencies.putAll(dependencies);
    definitions.keySet().forEach(name -> dependents.put(name, new TreeSet<>()));
    dependencies.forEach(
        (name, upstream) ->
            upstream.forEach(
                other -> dependents.computeIfAbsent(other, any -> new TreeSet<>()).add(name)));
  }

  /**
   * Sorts definitions so that each comes after those it builds on, and otherwise by kind and name.
   * Names that are not there are left out.
   *
   * @param errors is given one {@link ErrorCode#DEFINITION_CYCLE} for each cycle; its members come
   *     last in the order
   */
  public static AssetGraph of(
      Collection<Definition> definitions, Consumer<PenstockException> errors) {
    Map<String, Definition> byName = new TreeMap<>();
    definitions.forEach(definition -> byName.put(definition.name(), definition));
    Map<String, Set<String>> dependencies = new TreeMap<>();
    byName.forEach(
        (name, definition) -> {
          Set<String> named = new TreeSet<>(references(definition, byName));
          named.retainAll(byName.keySet());
          dependencies.put(name, named);
        });
    List<Definition> open =
        new ArrayList<>(
            byName.values().stream()
                .sorted(Comparator.comparing(Definition::kind).thenComparing(Definition::name))
                .toList());
    Map<String, Definition> sorted = new LinkedHashMap<>();
    while (!open.isEmpty()) {
      Optional<Definition> next =
          open.stream()
              .filter(
                  definition -> sorted.keySet().containsAll(dependencies.get(definition.name())))
              .findFirst();
      if (next.isEmpty()) {
        cycles(open, dependencies).forEach(cycle -> errors.accept(error(cycle, byName)));
        open.forEach(definition -> sorted.put(definition.name(), definition));
        break;
      }
      sorted.put(next.get().name(), next.get());
      open.remove(next.get());
    }
    return new AssetGraph(List.copyOf(sorted.values()), dependencies);
  }

  /** All definitions, each after those it builds on. */
  public List<Definition> sorted() {
    return List.copyOf(definitions.values());
  }

  public Optional<Definition> find(String name) {
    return Optional.ofNullable(definitions.get(name));
  }

  /** What a definition itself names, sorted. */
  public Set<String> dependencies(String name) {
    return Collections.unmodifiableSet(dependencies.getOrDefault(name, Set.of()));
  }

  /** What names this definition itself, sorted. */
  public Set<String> dependents(String name) {
    return Collections.unmodifiableSet(dependents.getOrDefault(name, Set.of()));
  }

  /** All that this builds on, near or far, each after those it builds on. */
  public List<Definition> upstream(String name) {
    return reach(name, dependencies);
  }

  /** All that builds on this, near or far, each after those it builds on. */
  public List<Definition> downstream(String name) {
    return reach(name, dependents);
  }

  private List<Definition> reach(String from, Map<String, Set<String>> edges) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(edges.getOrDefault(from, Set.of()));
    while (!open.isEmpty()) {
      String next = open.remove();
      if (reached.add(next)) {
        open.addAll(edges.getOrDefault(next, Set.of()));
      }
    }
    return definitions.values().stream().filter(d -> reached.contains(d.name())).toList();
  }

  private static Set<String> references(Definition definition, Map<String, Definition> all) {
    Set<String> names = new LinkedHashSet<>();
    if (definition instanceof SourceDefinition source) {
      source.computed().forEach(line -> lookups(line.expression(), all, names));
      source.rules().forEach(line -> lookups(line.expression(), all, names));
      if (source.eventTime() != null) {
        lookups(source.eventTime(), all, names);
      }
    } else if (definition instanceof TransformDefinition transform) {
      names.addAll(transform.inputs());
      lookups(new Written(transform.query().text(), transform.query().place()), all, names);
      if (transform.eventTime() != null) {
        lookups(transform.eventTime(), all, names);
      }
    } else if (definition instanceof FeatureViewDefinition view) {
      names.add(view.entity().text());
      names.add(view.source().text());
      if (view.where() != null) {
        lookups(view.where(), all, names);
      }
      for (FeatureLine line : view.features()) {
        line.arguments().forEach(argument -> lookups(argument, all, names));
        if (line.by() != null) {
          lookups(line.by(), all, names);
        }
        if (line.where() != null) {
          lookups(line.where(), all, names);
        }
      }
    } else if (definition instanceof OnDemandViewDefinition view) {
      view.features().forEach(line -> lookups(line.expression(), all, names));
    } else if (definition instanceof FeatureServiceDefinition service) {
      service.views().forEach(line -> names.add(line.view().text()));
    } else if (definition instanceof DatasetDefinition dataset) {
      names.add(dataset.spine().text());
      names.add(dataset.label().from().text());
      names.add(dataset.features().text());
      lookups(dataset.label().value(), all, names);
    } else if (definition instanceof ModelDefinition model) {
      names.add(model.dataset().text());
    } else if (definition instanceof MonitorDefinition monitor) {
      names.add(monitor.target().text());
      if (monitor.reference() != null) {
        names.add(monitor.reference().text());
      }
    }
    return names;
  }

  /** The dimensions that an expression looks things up in. */
  private static void lookups(Written sql, Map<String, Definition> all, Set<String> names) {
    Matcher matcher = LOOKUP.matcher(sql.text());
    while (matcher.find()) {
      if (all.get(matcher.group(1)) instanceof SourceDefinition source && source.isDimension()) {
        names.add(source.name());
      }
    }
  }

  /** Each cycle among the open definitions once, as the names along it. */
  private static List<List<String>> cycles(
      List<Definition> open, Map<String, Set<String>> dependencies) {
    List<List<String>> cycles = new ArrayList<>();
    Set<String> done = new TreeSet<>();
    for (Definition definition : open) {
      walk(definition.name(), new ArrayList<>(), done, dependencies, cycles);
    }
    return cycles;
  }

  private static void walk(
      String name,
      List<String> path,
      Set<String> done,
      Map<String, Set<String>> dependencies,
      List<List<String>> cycles) {
    int before = path.indexOf(name);
    if (before >= 0) {
      cycles.add(List.copyOf(path.subList(before, path.size())));
      return;
    }
    if (done.contains(name)) {
      return;
    }
    path.add(name);
    for (String next : dependencies.getOrDefault(name, Set.of())) {
      walk(next, path, done, dependencies, cycles);
    }
    path.remove(path.size() - 1);
    done.add(name);
  }

  private static PenstockException error(List<String> cycle, Map<String, Definition> all) {
    Definition first = all.get(cycle.get(0));
    if (first == null) {
      throw new IllegalStateException("a cycle through nothing: " + cycle);
    }
    return new PenstockException(
        ErrorCode.DEFINITION_CYCLE,
        first.place(),
        "these build on each other in a circle: "
            + String.join(" -> ", cycle)
            + " -> "
            + cycle.get(0),
        "let one of them read something else");
  }
}
