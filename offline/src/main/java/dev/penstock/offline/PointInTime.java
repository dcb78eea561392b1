package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureService;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.OnDemandRead;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ServiceView;
import dev.penstock.feature.Visibility;
import dev.penstock.format.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Point-in-time retrieval: the features of a service for each row of a spine, as they were at that
 * row's moment. Refine, then {@link #read}. Immutable.
 *
 * <pre>{@code
 * PointInTime.of(service, inputs).seen(Visible.AS_SEEN).read(spine, times)
 * }</pre>
 */
public final class PointInTime {
  private final FeatureService service;
  private final Map<String, ViewInput> inputs;
  private final Visible visible;
  private final int threads;
  private final List<Condition> conditions;
  private final Consumer<String> progress;

  private PointInTime(
      FeatureService service,
      Map<String, ViewInput> inputs,
      Visible visible,
      int threads,
      List<Condition> conditions,
      Consumer<String> progress) {
    this.service = service;
    this.inputs = inputs;
    this.visible = visible;
    this.threads = threads;
    this.conditions = conditions;
    this.progress = progress;
  }

  /**
   * Begins with a service.
   *
   * @param inputs by view name, where each view of the service has its rows
   */
  public static PointInTime of(FeatureService service, Map<String, ViewInput> inputs) {
    return new PointInTime(
        service,
        Map.copyOf(inputs),
        Visible.AS_SEEN,
        Runtime.getRuntime().availableProcessors(),
        List.of(),
        name -> {});
  }

  public PointInTime seen(Visible rows) {
    return new PointInTime(service, inputs, rows, threads, conditions, progress);
  }

  /** Reads only rows of the log tables that meet this too, such as a range of event times. */
  public PointInTime where(Condition condition) {
    List<Condition> all = new ArrayList<>(conditions);
    all.add(condition);
    return new PointInTime(service, inputs, visible, threads, List.copyOf(all), progress);
  }

  public PointInTime threads(int count) {
    return new PointInTime(service, inputs, visible, count, conditions, progress);
  }

  /** Is told the name of each view before it is replayed. */
  public PointInTime progress(Consumer<String> listener) {
    return new PointInTime(service, inputs, visible, threads, conditions, listener);
  }

  /**
   * The service's columns for each row of the spine, in its order.
   *
   * @param spine holds the request columns of the service's views and its request fields
   * @param times each row's moment, microseconds
   * @throws PenstockException {@code UNSUPPORTED} where rows are wanted as they happened and a view
   *     is chained to another: its input is what was applied by then
   */
  public List<FeatureColumn> read(Batch spine, long[] times) {
    checkVisible();
    Map<String, FeatureColumn> byName = new HashMap<>();
    for (List<ServiceView> roles : rolesByView()) {
      String view = roles.get(0).view().name();
      progress.accept(view);
      List<Queries> questions =
          roles.stream()
              .map(
                  role ->
                      new Queries(
                          role.requestColumns().stream().map(spine::column).toList(), times))
              .toList();
      try (ShardedHistory history =
          ShardedHistory.of(
              roles.get(0).view(), input(view).rows(roles.get(0).view(), conditions))) {
        List<List<FeatureColumn>> answers =
            history.read(questions, visible.of(input(view).source(), times.length), threads);
        for (int role = 0; role < answers.size(); role++) {
          for (FeatureColumn answer : answers.get(role)) {
            String name = roles.get(role).prefix() + "__" + answer.name();
            byName.put(name, new FeatureColumn(name, answer.values(), answer.statuses()));
          }
        }
      }
    }
    List<FeatureColumn> stored =
        service.storedColumns().stream().map(field -> required(byName, field.name())).toList();
    return OnDemandRead.append(service, spine, times, stored);
  }

  private void checkVisible() {
    for (ServiceView view : service.views()) {
      FeatureView upstream = view.view().upstream();
      if (upstream != null && visible.equals(Visible.AS_HAPPENED)) {
        throw new PenstockException(
            ErrorCode.UNSUPPORTED,
            "view '"
                + view.view().name()
                + "' reads the values of '"
                + upstream.name()
                + "' as they were when rows came, and none as things happened",
            "ask for as_seen, or leave the view out");
      }
    }
  }

  /** The roles in which the service uses each view: a view's rows are read once for all of them. */
  private List<List<ServiceView>> rolesByView() {
    Map<String, List<ServiceView>> roles = new LinkedHashMap<>();
    for (ServiceView view : service.views()) {
      roles.computeIfAbsent(view.view().name(), name -> new ArrayList<>()).add(view);
    }
    return List.copyOf(roles.values());
  }

  private ViewInput input(String view) {
    return required(inputs, view);
  }

  private static <T> T required(Map<String, T> map, String name) {
    T found = map.get(name);
    if (found == null) {
      throw new PenstockException(
          ErrorCode.INTERNAL, "nothing was given for '" + name + "'", "this is a bug of ours");
    }
    return found;
  }

  /** Which rows count at a past moment besides having happened before it. */
  public sealed interface Visible {
    /** Those seen before it: what serving could have known. */
    Visible AS_SEEN = new All(Visibility.AS_SEEN);

    /** All of them. */
    Visible AS_HAPPENED = new All(Visibility.AS_HAPPENED);

    Visibility of(String source, int rows);

    /** One rule for every row of the spine. */
    record All(Visibility visibility) implements Visible {
      @Override
      public Visibility of(String source, int rows) {
        return visibility;
      }
    }

    /** Those below the positions each row of the spine logged, by source. */
    record Logged(Map<String, List<Positions>> bySource) implements Visible {
      @Override
      public Visibility of(String source, int rows) {
        return new Visibility.ByPosition(required(bySource, source));
      }
    }
  }
}
