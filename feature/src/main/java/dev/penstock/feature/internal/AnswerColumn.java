package dev.penstock.feature.internal;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One feature's answers being written, a row per query. Distinct rows may be written by threads.
 */
final class AnswerColumn {
  private static final byte PRESENT = FeatureStatus.PRESENT.code();
  private static final byte NOT_FOUND = FeatureStatus.NOT_FOUND.code();
  private static final byte NULL_VALUE = FeatureStatus.NULL_VALUE.code();
  private static final byte ERROR = FeatureStatus.ERROR.code();

  private final Feature feature;
  private final byte[] statuses;
  private boolean[] flags = {};
  private int[] ints = {};
  private long[] longs = {};
  private float[] floats = {};
  private double[] doubles = {};
  private @Nullable Object[] objects = {};

  /** One for each feature of the plan's view, in its order. */
  static List<AnswerColumn> of(ViewPlan plan, int rows) {
    return plan.outputs().stream().map(output -> new AnswerColumn(output.feature(), rows)).toList();
  }

  private AnswerColumn(Feature feature, int rows) {
    this.feature = feature;
    this.statuses = new byte[rows];
    if (feature.type() instanceof Scalar scalar) {
      switch (scalar) {
        case BOOLEAN -> flags = new boolean[rows];
        case INT32, DATE -> ints = new int[rows];
        case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> longs = new long[rows];
        case FLOAT32 -> floats = new float[rows];
        case FLOAT64 -> doubles = new double[rows];
        case STRING, BINARY -> objects = new Object[rows];
      }
    } else {
      objects = new Object[rows];
    }
  }

  /** One thread's way to write. */
  final class Writer implements Answer {
    private int row;
    private byte status;

    /** Gives a row a status and no value. */
    void withhold(int withheld, byte why) {
      statuses[withheld] = why;
    }

    /** The row to be answered next, and its status if it has a value. */
    void at(int newRow, byte newStatus) {
      row = newRow;
      status = newStatus;
    }

    @Override
    public void whole(long value) {
      statuses[row] = status;
      if (longs.length > 0) {
        longs[row] = value;
      } else {
        ints[row] = (int) value;
      }
    }

    @Override
    public void real(double value) {
      statuses[row] = status;
      if (doubles.length > 0) {
        doubles[row] = value;
      } else {
        floats[row] = (float) value;
      }
    }

    @Override
    public void flag(boolean value) {
      statuses[row] = status;
      flags[row] = value;
    }

    @Override
    public void object(Object value) {
      statuses[row] = status;
      objects[row] = value;
    }

    @Override
    public void nothing() {
      if (!Defaults.give(feature.aggregate(), this)) {
        statuses[row] = status == PRESENT ? NULL_VALUE : status;
      }
    }

    @Override
    public void error() {
      statuses[row] = ERROR;
    }
  }

  /** Takes the answers of another column over, to these rows. */
  void scatter(AnswerColumn from, int[] rows) {
    for (int i = 0; i < rows.length; i++) {
      statuses[rows[i]] = from.statuses[i];
    }
    for (int i = 0; i < from.flags.length; i++) {
      flags[rows[i]] = from.flags[i];
    }
    for (int i = 0; i < from.ints.length; i++) {
      ints[rows[i]] = from.ints[i];
    }
    for (int i = 0; i < from.longs.length; i++) {
      longs[rows[i]] = from.longs[i];
    }
    for (int i = 0; i < from.floats.length; i++) {
      floats[rows[i]] = from.floats[i];
    }
    for (int i = 0; i < from.doubles.length; i++) {
      doubles[rows[i]] = from.doubles[i];
    }
    for (int i = 0; i < from.objects.length; i++) {
      objects[rows[i]] = from.objects[i];
    }
  }

  FeatureColumn toColumn() {
    boolean[] nulls = new boolean[statuses.length];
    boolean any = false;
    boolean valueOfNothing =
        feature.aggregate().function() == AggregateFunction.COUNT
            || feature.aggregate().otherwise() != null;
    for (int row = 0; row < nulls.length; row++) {
      byte status = statuses[row];
      nulls[row] = status != PRESENT && !(valueOfNothing && status == NOT_FOUND);
      any |= nulls[row];
    }
    return new FeatureColumn(feature.name(), values(any ? nulls : null), statuses);
  }

  private Column values(boolean @Nullable [] nulls) {
    Type type = feature.type();
    if (!(type instanceof Scalar scalar)) {
      return new ObjectColumn(type, objects);
    }
    return switch (scalar) {
      case BOOLEAN -> new BooleanColumn(type, flags, nulls);
      case INT32, DATE -> new IntColumn(type, ints, nulls);
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> new LongColumn(type, longs, nulls);
      case FLOAT32 -> new FloatColumn(type, floats, nulls);
      case FLOAT64 -> new DoubleColumn(type, doubles, nulls);
      case STRING, BINARY -> new ObjectColumn(type, objects);
    };
  }
}
