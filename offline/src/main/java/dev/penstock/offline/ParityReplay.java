package dev.penstock.offline;

import dev.penstock.data.Column;
import dev.penstock.data.EntityKey;
import dev.penstock.data.Positions;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureService;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.OnDemandFeature;
import dev.penstock.feature.OnDemandView;
import dev.penstock.feature.ServiceView;
import dev.penstock.offline.Explanation.Cause;
import dev.penstock.offline.ParityReport.Difference;
import dev.penstock.offline.ParityReport.Mismatch;
import dev.penstock.offline.PointInTime.Visible;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Replays what was served and compares it to the bit (rule 18 of the semantics): each answer is
 * computed again from the lake, over the rows below the positions that it logged.
 */
public final class ParityReplay {
  private final FeatureService service;
  private final Map<String, ViewInput> inputs;

  public ParityReplay(FeatureService service, Map<String, ViewInput> inputs) {
    this.service = service;
    this.inputs = Map.copyOf(inputs);
  }

  /**
   * Compares all of these answers. The lake must have the rows that they saw: flush the log first.
   */
  public ParityReport compare(LoggedAnswers logged) {
    if (logged.size() == 0) {
      return new ParityReport(0, 0, 0, 0, Map.of(), List.of());
    }
    Map<String, FeatureColumn> served = new HashMap<>();
    logged.served().forEach(column -> served.put(column.name(), column));
    List<FeatureColumn> replayed =
        PointInTime.of(service, inputs)
            .seen(new Visible.Logged(logged.positions()))
            .read(logged.requests(), logged.times().values());
    boolean[] differs = new boolean[logged.size()];
    long present = 0;
    for (FeatureColumn column : replayed) {
      FeatureColumn before = served.get(column.name());
      for (int row = 0; row < differs.length; row++) {
        differs[row] |= before == null || !same(before, column, row);
        present += column.status(row) == FeatureStatus.PRESENT ? 1 : 0;
      }
    }
    int equal = 0;
    for (boolean different : differs) {
      equal += different ? 0 : 1;
    }
    return new ParityReport(
        logged.size(),
        equal,
        (long) logged.size() * replayed.size(),
        present,
        Map.of(),
        mismatches(logged, served, replayed, differs));
  }

  private List<Mismatch> mismatches(
      LoggedAnswers logged,
      Map<String, FeatureColumn> served,
      List<FeatureColumn> replayed,
      boolean[] differs) {
    Map<String, FeatureColumn> again = new HashMap<>();
    replayed.forEach(column -> again.put(column.name(), column));
    List<Mismatch> found = new ArrayList<>();
    for (int row = 0; row < differs.length; row++) {
      if (!differs[row]) {
        continue;
      }
      int before = found.size();
      for (ServiceView role : service.views()) {
        Mismatch mismatch = mismatch(logged, row, role, served, again);
        if (mismatch != null) {
          found.add(mismatch);
        }
      }
      if (found.size() == before) {
        found.add(onDemandMismatch(logged, row, served, again));
      }
      if (found.size() >= ParityReport.MOST_MISMATCHES) {
        return found.subList(0, ParityReport.MOST_MISMATCHES);
      }
    }
    return found;
  }

  private @Nullable Mismatch mismatch(
      LoggedAnswers logged,
      int row,
      ServiceView role,
      Map<String, FeatureColumn> served,
      Map<String, FeatureColumn> replayed) {
    List<FeatureValue> wanted = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (var feature : role.view().features()) {
      String name = role.column(feature);
      FeatureValue now = answer(replayed.get(name), row);
      FeatureValue then = answer(served.get(name), row);
      wanted.add(then);
      if (!sameValue(then, now)) {
        differences.add(new Difference(feature.name(), then, now));
      }
    }
    if (differences.isEmpty()) {
      return null;
    }
    List<Column> keys =
        role.requestColumns().stream().map(name -> logged.requests().column(name)).toList();
    EntityKey key = EntityKey.of(keys, row);
    ViewInput input = Objects.requireNonNull(inputs.get(role.view().name()));
    Positions positions = Objects.requireNonNull(logged.positions().get(input.source())).get(row);
    long time = logged.times().values()[row];
    Explanation explanation =
        new MismatchSearch(role.view(), input, keys, row, time, positions).explain(wanted);
    return new Mismatch(
        logged.ids().get(row), role.prefix(), String.valueOf(key), time, differences, explanation);
  }

  /** Of an answer whose stored features are equal: what was made of them is not. */
  private Mismatch onDemandMismatch(
      LoggedAnswers logged,
      int row,
      Map<String, FeatureColumn> served,
      Map<String, FeatureColumn> replayed) {
    String first = "";
    List<Difference> differences = new ArrayList<>();
    for (OnDemandView view : service.onDemand()) {
      for (OnDemandFeature feature : view.features()) {
        String name = view.name() + "__" + feature.name();
        FeatureValue then = answer(served.get(name), row);
        FeatureValue now = answer(replayed.get(name), row);
        if (!sameValue(then, now)) {
          first = first.isEmpty() ? view.name() : first;
          differences.add(new Difference(feature.name(), then, now));
        }
      }
    }
    return new Mismatch(
        logged.ids().get(row),
        first,
        "",
        logged.times().values()[row],
        differences,
        new Explanation(
            Cause.UNEXPLAINED,
            "the stored features are equal, what was made of them on demand is not",
            List.of()));
  }

  private static FeatureValue answer(@Nullable FeatureColumn column, int row) {
    return column == null ? new FeatureValue(null, FeatureStatus.ERROR) : column.answer(row);
  }

  private static boolean same(FeatureColumn one, FeatureColumn other, int row) {
    return sameValue(one.answer(row), other.answer(row));
  }

  /** Equal to the bit: {@link Double#equals} compares bits, with one NaN. */
  static boolean sameValue(FeatureValue one, FeatureValue other) {
    if (one.status() != other.status()) {
      return false;
    }
    // Arrays of floats and of bytes have no equality of their own.
    return Objects.deepEquals(one.value(), other.value());
  }
}
