package dev.penstock.platform.dataset;

import dev.penstock.data.Expression;
import dev.penstock.data.Fingerprint;
import dev.penstock.feature.FeatureService;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.offline.ViewInput;
import dev.penstock.training.DatasetInput;
import dev.penstock.training.Splits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset is made of, compiled.
 *
 * @param where which rows of the spine ask; null: all
 * @param joinColumns columns of the same name in spine and labels; the rows' ids by default
 * @param views by view name, where each view of the service has its rows
 * @param asHappened features see rows as they happened instead of as they were seen
 */
public record DatasetPlan(
    String name,
    Fingerprint definition,
    ViewInput spine,
    @Nullable Expression where,
    ViewInput labels,
    String labelName,
    Expression labelValue,
    List<String> joinColumns,
    FeatureService service,
    Map<String, ViewInput> views,
    boolean asHappened,
    Splits splits) {
  public DatasetPlan {
    joinColumns = List.copyOf(joinColumns);
    views = Map.copyOf(views);
  }

  public String mode() {
    return asHappened ? "as_happened" : "as_seen";
  }

  /**
   * The same with every table at the rows that are published now. While they are the same rows, it
   * is the same snapshot, however often their files were rewritten.
   */
  public DatasetPlan pinned() {
    return at(
        table ->
            Ref.snapshot(
                table.publishedRows().orElseGet(() -> table.snapshot(Ref.current()).id())));
  }

  /** The same with every table at the snapshots of an earlier build. */
  public DatasetPlan pinned(List<DatasetInput> inputs) {
    Map<String, Long> snapshots = new HashMap<>();
    inputs.forEach(input -> snapshots.put(input.table(), Long.parseLong(input.snapshot())));
    return at(
        table ->
            Ref.snapshot(snapshots.getOrDefault(table.name(), table.snapshot(Ref.current()).id())));
  }

  /**
   * The same with the log tables at these states. A dimension is part of the definitions and stays
   * as it is pinned.
   *
   * @param snapshot of each table
   */
  public DatasetPlan pinned(Function<LakeTable, Ref> snapshot) {
    Map<String, Ref> dimensions = new HashMap<>();
    inputs().stream()
        .filter(input -> input.ref() instanceof Ref.Snapshot)
        .forEach(input -> dimensions.put(input.table().name(), input.ref()));
    return at(
        table ->
            dimensions.containsKey(table.name())
                ? dimensions.get(table.name())
                : snapshot.apply(table));
  }

  private DatasetPlan at(Function<LakeTable, Ref> ref) {
    Map<String, Ref> refs = new HashMap<>();
    tables().values().forEach(table -> refs.put(table.name(), ref.apply(table)));
    Function<ViewInput, ViewInput> pin =
        input -> input.at(refs.getOrDefault(input.table().name(), input.ref()));
    Map<String, ViewInput> pinnedViews = new HashMap<>();
    views.forEach((view, input) -> pinnedViews.put(view, pin.apply(input)));
    return new DatasetPlan(
        name,
        definition,
        pin.apply(spine),
        where,
        pin.apply(labels),
        labelName,
        labelValue,
        joinColumns,
        service,
        pinnedViews,
        asHappened,
        splits);
  }

  /** The tables it reads, by name. */
  public Map<String, LakeTable> tables() {
    Map<String, LakeTable> tables = new TreeMap<>();
    inputs().forEach(input -> tables.put(input.table().name(), input.table()));
    return tables;
  }

  private List<ViewInput> inputs() {
    List<ViewInput> all = new ArrayList<>(views.values());
    all.add(spine);
    all.add(labels);
    return all;
  }

  /** What the manifest says of the tables and their snapshots; needs a pinned plan. */
  public List<DatasetInput> manifestInputs() {
    Map<String, DatasetInput> byTable = new TreeMap<>();
    for (ViewInput input : inputs()) {
      if (input.ref() instanceof Ref.Snapshot snapshot) {
        byTable.put(
            input.table().name(),
            new DatasetInput(
                input.table().name(),
                Long.toString(snapshot.id()),
                input.table().property(input.ref(), "positions").orElse("")));
      }
    }
    return List.copyOf(byTable.values());
  }
}
