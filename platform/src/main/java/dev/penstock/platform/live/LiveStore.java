package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.data.SystemColumns;
import dev.penstock.embedded.EmbeddedStore;
import dev.penstock.embedded.StoreOptions;
import dev.penstock.feature.FeatureView;
import dev.penstock.format.Condition;
import dev.penstock.lake.LakeTable;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveUpdater;
import dev.penstock.online.LiveView;
import dev.penstock.platform.Dimensions;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.Compiled;
import dev.penstock.platform.compiled.CompiledDerivedLog;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.compiled.CompiledView;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.source.ClockMode;
import dev.penstock.source.SourceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The project's log and online store, opened: history up to S in the lake, everything after it in
 * the log, and the state of every view over both.
 */
public final class LiveStore implements AutoCloseable {
  private static final String FOLDER = "live";

  /**
   * How far before the newest row of history a first question may lie, microseconds. The state is
   * filled far enough back to answer it.
   */
  private static final long SLACK_MICROS = 86_400_000_000L;

  private final OpenProject project;
  private final EmbeddedStore store;
  private final LiveGraph graph;

  private LiveStore(OpenProject project, EmbeddedStore store, LiveGraph graph) {
    this.project = project;
    this.store = store;
    this.graph = graph;
  }

  /** Whether the project has ever been live: then S is fixed, and files come in as new rows. */
  public static boolean exists(OpenProject project) {
    return Files.exists(folder(project));
  }

  /** Where the store is. */
  public static Path folder(OpenProject project) {
    return project.state(FOLDER);
  }

  /**
   * Opens the store and brings the state of every view up to date.
   *
   * @param mode null for the clock the store has had so far
   * @throws dev.penstock.data.PenstockException {@code CLOCK_CONFLICT} if it has another clock
   */
  public static LiveStore open(OpenProject project, @Nullable ClockMode mode, Progress progress) {
    return open(
        project,
        mode == null ? StoreOptions.ofItsClock(project::now) : StoreOptions.of(mode, project::now),
        progress);
  }

  /** The same with another updater: the seam at which tests plant faults. */
  static LiveStore open(
      OpenProject project,
      ClockMode mode,
      Function<LiveGraph, LiveUpdater> updater,
      Progress progress) {
    return open(project, StoreOptions.of(mode, project::now).updatedBy(updater), progress);
  }

  private static LiveStore open(OpenProject project, StoreOptions options, Progress progress) {
    Compiled compiled = project.compiled();
    LiveGraph graph = graph(compiled);
    EmbeddedStore store = EmbeddedStore.open(folder(project), options);
    try {
      LiveStore live = new LiveStore(project, store, graph);
      List<SourceSpec> specs = new ArrayList<>();
      for (CompiledSource source : compiled.sources().values()) {
        if (source.spec() != null) {
          specs.add(source.spec());
        }
        live.start(source, progress);
      }
      store.define(specs, graph);
      live.fill(progress);
      return live;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  static LiveGraph graph(Compiled compiled) {
    List<LiveView> views = new ArrayList<>();
    for (CompiledView view : compiled.views().values()) {
      String source = view.input().rootSource();
      if (source != null) {
        boolean chained = view.input() instanceof CompiledDerivedLog;
        views.add(
            new LiveView(
                compiled.fingerprint(view.name()),
                view.view(),
                source,
                chained ? null : view.input().fromRoot(),
                chained ? compiled.fingerprint(view.input().name()) : null));
      }
    }
    return new LiveGraph(views);
  }

  public EmbeddedStore store() {
    return store;
  }

  /** The views as they are kept up to date. */
  public List<LiveView> views() {
    return graph.views();
  }

  /**
   * Fixes S for a source that was not live yet, and remembers the ids of its history and, where
   * rows change, which are there.
   */
  private void start(CompiledSource source, Progress progress) {
    LakeTable table = project.table(source.name());
    if (table.currentSnapshot().isEmpty()) {
      return;
    }
    SourceSpec spec = source.spec();
    if (spec == null) {
      // A dimension is replaced as a whole when apply pins another content.
      store.startLive(source.name(), dimension(source.name()), Long.MIN_VALUE);
      return;
    }
    if (!store.log().end(source.name()).equals(Positions.NONE)) {
      // S is fixed; at the beginning, where the first rows came live.
      return;
    }
    progress.stage("ids of " + source.name());
    long newest = HistoryEnd.of(table);
    store.rememberIds(
        spec,
        project
            .input(source)
            .rows(
                spec.acceptedSchema().names(),
                List.of(
                    Condition.atLeast(
                        SystemColumns.SEEN_TIME, newest - spec.rememberIds().micros()))));
    if (spec.changes() != null) {
      progress.stage("rows of " + source.name());
      store.rememberRows(
          spec, project.input(source).rows(spec.acceptedSchema().names(), List.of()));
    }
    store.startLive(source.name(), SourceTables.positions(table), newest - SLACK_MICROS);
  }

  private Positions dimension(String name) {
    return Positions.of(0, project.table(name).snapshot(Dimensions.snapshot(project, name)).rows());
  }

  /**
   * Fills the views whose state is missing or too far behind, source by source; views that are
   * chained together where one of them is.
   */
  private void fill(Progress progress) {
    Map<String, Set<LiveView>> missing = new LinkedHashMap<>();
    for (LiveView view : graph.views()) {
      if (!store.resume(view)) {
        missing
            .computeIfAbsent(view.source(), source -> new LinkedHashSet<>())
            .addAll(graph.chainOf(view));
      }
    }
    missing.forEach(
        (source, found) -> {
          List<LiveView> views = List.copyOf(found);
          progress.stage(
              "state of " + String.join(", ", views.stream().map(v -> v.view().name()).toList()));
          CompiledSource compiled = project.compiled().source(source);
          LakeTable table = project.table(source);
          Positions at =
              compiled.spec() == null ? dimension(source) : SourceTables.positions(table);
          Iterable<Batch> history = new RecentRows(project, compiled, since(table, views));
          boolean chained = views.stream().anyMatch(view -> view.upstream() != null);
          store.fill(
              views,
              chained ? new AppliedRows(history, views, store.history(source)) : history,
              at);
        });
  }

  /** How far back the state of these views has to reach. */
  private long since(LakeTable table, List<LiveView> views) {
    if (table.currentSnapshot().isEmpty()) {
      return Long.MIN_VALUE;
    }
    long first = HistoryEnd.of(table) - SLACK_MICROS;
    long since = first;
    for (LiveView view : views) {
      long asked = graph.askedFrom(view, first);
      long seen = asked - view.view().retention().micros();
      boolean endless = view.view().retention().equals(FeatureView.UNBOUNDED) || seen > asked;
      since = Math.min(since, endless ? Long.MIN_VALUE : seen);
    }
    return since;
  }

  @Override
  public void close() {
    store.close();
  }
}
