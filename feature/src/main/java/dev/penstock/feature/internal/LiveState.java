package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.EntityKey;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.StateReader;
import dev.penstock.feature.StateWriter;
import java.util.List;

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

  public List<FeatureValue> read(EntityKey key, long q, StateReader store) {
    return new StateRead(plan, tiling, store).read(key, q);
  }

  public void trim(long q, StateWriter store) {
    new StateTrim(plan, tiling).trim(q, store);
  }
}
