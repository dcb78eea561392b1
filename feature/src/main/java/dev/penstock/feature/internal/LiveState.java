package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.StateReader;
import dev.penstock.feature.StateWriter;

/** A view's state on some tiling: what is done with it is in the classes it calls. */
public final class LiveState {
  private final ViewPlan plan;
  private final Tiling tiling;

  public LiveState(FeatureView view) {
    this.plan = new ViewPlan(view);
    this.tiling = Tiling.of(plan);
  }

  LiveState(FeatureView view, Tiling tiling) {
    this.plan = new ViewPlan(view);
    this.tiling = tiling;
  }

  public static int formatVersion() {
    return StateMeta.FORMAT_VERSION;
  }

  public void apply(Batch rows, StateWriter store) {
    new StateUpdate(plan, tiling).apply(rows, store);
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
