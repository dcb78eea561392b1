package dev.penstock.feature.internal;

import dev.penstock.data.Expression;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A view taken apart so that nothing is computed twice: the distinct arguments ({@link Slot}), what
 * is kept of each ({@link Fold}), the distinct windows, and for each feature which fold over which
 * window answers it.
 */
final class ViewPlan {
  /** The reach of a window or retention without an end. */
  static final long UNBOUNDED = Long.MAX_VALUE;

  /** In place of a second slot, where there is none. */
  static final int NO_SLOT = -1;

  /** What is held of an argument's values. */
  private enum Held {
    /** Only where there is one. */
    NOT,
    AS_THEY_ARE,
    /** Decimals as the nearest floats. */
    AS_FLOATS
  }

  /**
   * An aggregate's argument under its condition.
   *
   * @param type that of the values held: of the argument, or float64 where decimals are rounded
   */
  record Slot(
      SlotKind kind, Type type, @Nullable Expression argument, @Nullable Expression where) {}

  /**
   * What is kept of a slot, or of two.
   *
   * @param second {@link #NO_SLOT} for most kinds
   * @param by the slot of categories to keep it for, one by one; {@link #NO_SLOT} for all rows
   *     together
   * @param parameters those of the aggregate that decide what is kept; none for most kinds
   */
  record Fold(FoldKind kind, int slot, int second, int by, List<Double> parameters) {
    /** What is kept of one category. */
    Fold ofOneCategory() {
      return new Fold(kind, slot, second, NO_SLOT, parameters);
    }

    /** The one parameter that decides what is kept. */
    long parameter() {
      return parameters.get(0).longValue();
    }
  }

  /**
   * A distinct window.
   *
   * @param frame null where the rows decide which of them are in it
   */
  record Framed(Window window, @Nullable Frame frame) {}

  /** How a feature is answered. */
  record Output(Feature feature, int fold, int window) {}

  private final FeatureView view;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Fold> folds = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  private final List<Framed> windows = new ArrayList<>();
  private final long[] foldReaches;

  ViewPlan(FeatureView view) {
    this.view = view;
    Map<Window, Integer> windowIndex = new HashMap<>();
    Map<String, Integer> slotByText = new HashMap<>();
    Map<Fold, Integer> foldIndex = new HashMap<>();
    for (Feature feature : view.features()) {
      Aggregate aggregate = feature.aggregate();
      Fold fold = foldOf(aggregate, slotByText);
      Integer known = foldIndex.putIfAbsent(fold, folds.size());
      if (known == null) {
        folds.add(fold);
      }
      int window = windowIndex.computeIfAbsent(feature.window(), this::addWindow);
      outputs.add(new Output(feature, known == null ? folds.size() - 1 : known, window));
    }
    foldReaches = new long[folds.size()];
    for (Output output : outputs) {
      Frame frame = windows.get(output.window()).frame();
      long longest = frame == null ? 0 : frame.longest();
      foldReaches[output.fold()] = Math.max(foldReaches[output.fold()], longest);
    }
  }

  private int addWindow(Window window) {
    windows.add(new Framed(window, Frame.of(window)));
    return windows.size() - 1;
  }

  private Fold foldOf(Aggregate aggregate, Map<String, Integer> slotByText) {
    List<Expression> arguments = aggregate.arguments();
    AggregateFunction function = aggregate.function();
    Held held =
        FoldKind.takesFloats(function)
            ? Held.AS_FLOATS
            : FoldKind.needsValues(function) ? Held.AS_THEY_ARE : Held.NOT;
    Expression where = aggregate.where();
    int slot = slotOf(arguments.isEmpty() ? null : arguments.get(0), where, held, slotByText);
    int second = arguments.size() < 2 ? NO_SLOT : slotOf(arguments.get(1), where, held, slotByText);
    int by =
        aggregate.by() == null
            ? NO_SLOT
            : slotOf(aggregate.by(), where, Held.AS_THEY_ARE, slotByText);
    FoldKind kind = FoldKind.of(aggregate.function(), slots.get(slot).kind());
    return new Fold(kind, slot, second, by, kind.kept(aggregate.parameters()));
  }

  private int slotOf(
      @Nullable Expression argument,
      @Nullable Expression where,
      Held held,
      Map<String, Integer> slotByText) {
    Type own = argument == null ? Scalar.BOOLEAN : argument.type();
    boolean rounded = held == Held.AS_FLOATS && own instanceof Type.Decimal;
    Type type = rounded ? Scalar.FLOAT64 : own;
    SlotKind kind =
        held != Held.NOT
            ? SlotKind.of(type)
            : argument == null && where == null ? SlotKind.EVERY : SlotKind.MARK;
    // Texts are length-prefixed, so that no argument runs into a condition.
    String text =
        (argument == null ? "" : argument.text().length() + " " + argument.text())
            + (rounded ? " as float64" : "")
            + (where == null ? "" : " where " + where.text());
    Slot wanted = new Slot(kind, type, argument, where);
    Integer known = slotByText.putIfAbsent(text, slots.size());
    if (known == null) {
      slots.add(wanted);
      return slots.size() - 1;
    }
    if (slots.get(known).kind() == SlotKind.MARK) {
      slots.set(known, wanted);
    }
    return known;
  }

  FeatureView view() {
    return view;
  }

  List<Slot> slots() {
    return slots;
  }

  List<Fold> folds() {
    return folds;
  }

  List<Output> outputs() {
    return outputs;
  }

  /** The distinct windows. */
  List<Framed> windows() {
    return windows;
  }

  /** Whether tiles of that width hold a fold: some window of at least the width asks for it. */
  boolean isKept(int fold, long width) {
    return foldReaches[fold] >= width;
  }

  /** Whether rows may be taken back. */
  boolean isRetractable() {
    return view.changes() == ChangelogMode.RETRACT;
  }

  long retention() {
    return view.retention().micros();
  }

  /** The max age, {@link #UNBOUNDED} without one. */
  long maxAge() {
    return view.maxAge() == null ? UNBOUNDED : view.maxAge().micros();
  }

  /** Where a reach before a moment starts: no event time is below the least long. */
  static long start(long moment, long reach) {
    long start = moment - reach;
    return reach == UNBOUNDED || start > moment ? Long.MIN_VALUE : start;
  }
}
