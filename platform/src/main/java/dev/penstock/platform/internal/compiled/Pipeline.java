package dev.penstock.platform.internal.compiled;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Expression;
import dev.penstock.data.RowTransform;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Row-wise transforms one after the other, from a source's rows on. A step that re-times gives its
 * rows their new event time before it selects, so that the transform and all after it carry it.
 */
final class Pipeline implements RowTransform {
  private final List<Step> steps;

  /**
   * One transform.
   *
   * @param eventTime over the step's input; null keeps the time there is
   */
  record Step(@Nullable Expression eventTime, RowTransform select) {}

  private Pipeline(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** The steps before, which may be none, and then this one. */
  static Pipeline of(@Nullable RowTransform before, Step step) {
    List<Step> steps = new ArrayList<>();
    if (before instanceof Pipeline pipeline) {
      steps.addAll(pipeline.steps);
    }
    steps.add(step);
    return new Pipeline(steps);
  }

  boolean retimes() {
    return steps.stream().anyMatch(step -> step.eventTime() != null);
  }

  @Override
  public Schema schema() {
    return steps.get(steps.size() - 1).select().schema();
  }

  @Override
  public Set<String> columns() {
    Step first = steps.get(0);
    Set<String> columns = new TreeSet<>(first.select().columns());
    if (first.eventTime() != null) {
      columns.addAll(first.eventTime().columns());
    }
    return columns;
  }

  @Override
  public String text() {
    return steps.stream()
        .map(
            step ->
                (step.eventTime() == null ? "" : "at " + step.eventTime().text() + " ")
                    + step.select().text())
        .collect(Collectors.joining(" then "));
  }

  @Override
  public List<String> semantics() {
    Set<String> lines = new TreeSet<>();
    for (Step step : steps) {
      lines.addAll(step.select().semantics());
      if (step.eventTime() != null) {
        lines.addAll(step.eventTime().semantics());
      }
    }
    return List.copyOf(lines);
  }

  @Override
  public Batch apply(Batch batch) {
    Batch rows = batch;
    for (Step step : steps) {
      Expression time = step.eventTime();
      rows = step.select().apply(time == null ? rows : retimed(rows, time));
    }
    return rows;
  }

  private static Batch retimed(Batch rows, Expression time) {
    int index = rows.schema().indexOf(SystemColumns.EVENT_TIME);
    if (index < 0) {
      return rows;
    }
    List<Column> columns = new ArrayList<>(rows.columns());
    columns.set(index, time.evaluate(rows));
    return new Batch(rows.schema(), columns);
  }
}
