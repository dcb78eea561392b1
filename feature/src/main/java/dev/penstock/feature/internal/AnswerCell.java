package dev.penstock.feature.internal;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import org.jspecify.annotations.Nullable;

/** One answer as an object. */
final class AnswerCell implements Answer {
  private final Aggregate aggregate;
  private final Type type;
  private @Nullable Object value;
  private FeatureStatus status = FeatureStatus.NULL_VALUE;

  AnswerCell(Aggregate aggregate) {
    this.aggregate = aggregate;
    this.type = aggregate.resultType();
  }

  FeatureValue toValue() {
    return new FeatureValue(value, status);
  }

  private void present(Object newValue) {
    value = newValue;
    status = FeatureStatus.PRESENT;
  }

  @Override
  public void whole(long whole) {
    if (type == Scalar.INT32 || type == Scalar.DATE) {
      present((int) whole);
    } else {
      present(whole);
    }
  }

  @Override
  public void real(double real) {
    if (type == Scalar.FLOAT32) {
      present((float) real);
    } else {
      present(real);
    }
  }

  @Override
  public void flag(boolean flag) {
    present(flag);
  }

  @Override
  public void object(Object object) {
    present(object);
  }

  @Override
  public void nothing() {
    if (!Defaults.give(aggregate, this)) {
      status = FeatureStatus.NULL_VALUE;
    }
  }

  @Override
  public void error() {
    status = FeatureStatus.ERROR;
  }
}
