package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.StateReader;
import dev.penstock.feature.StateWriter;

/** A view's state on some tiling: what is done with it is in the classes it calls. */
public final class LiveState {
  private final ViewPlan plan;
  private final Tiling tiling;
  private final StateUpdate update;

  public LiveState(FeatureView view) {
    this(new ViewPlan(view));
  }

  LiveState(FeatureView view, Tiling tiling) {
    this(new ViewPlan(view), tiling);
  }

  private LiveState(ViewPlan plan) {
    this(plan, Tiling.of(plan));
  }

  private LiveState(ViewPlan plan, Tiling tiling) {
    this.plan = plan;
    this.tiling = tiling;
    this.update = new StateUpdate(plan, tiling);
  }

  public static int formatVersion() {
    return StateMeta.FORMAT_VERSION;
  }

  public void apply(Batch rows, StateWriter store) {
    update.apply(rows, store);
  }

  public Batch derive(Batch rows, StateWriter store) {
    return new StateDerivation(plan, tiling).apply(rows, store);
  }

  public StateRead at(long q, StateReader store) {
    return new StateRead(plan, tiling, q, store);
  }

  public void trim(long q, StateWriter store) {
    new StateTrim(plan, tiling).trim(q, store);
  }
}
