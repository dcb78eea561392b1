package dev.penstock.feature.internal;

import dev.penstock.data.EntityKey;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.StateReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers for one key after the other from their state at a moment. Windows that end together are
 * cut into {@link Segments}, each added up once, and after each the features of the windows that
 * start there are read off. The ones that end at the moment come first: they tell whether the key
 * has rows and how old the newest is.
 */
public final class StateRead {
  private final ViewPlan plan;
  private final Tiling tiling;
  private final long moment;
  private final StateReader store;
  private final StateMeta meta;
  private final StoredRows stored;
  private final StoredTiles storedTiles;

  /** By the windows' ends, the moment first. */
  private final List<Ending> endings = new ArrayList<>();

  /** The sum of the segments so far, of rows and of tiles. */
  private final TileFolds sum;

  /** Whether all segments so far are still kept. */
  private boolean covered;

  private boolean found;
  private long newest;

  /** Windows that end together, and what of a key's state has them. */
  private record Ending(Segments segments, Cover cover) {}

  StateRead(ViewPlan plan, Tiling tiling, long moment, StateReader store) {
    this.plan = plan;
    this.tiling = tiling;
    this.moment = moment;
    this.store = store;
    this.meta = StateMeta.of(store, tiling);
    this.sum = new TileFolds(plan);
    this.stored = new StoredRows(plan, store);
    this.storedTiles = new StoredTiles(tiling);
    for (Segments segments : Segments.at(plan, moment)) {
      Cover cover = new Cover(tiling, meta);
      for (int segment = 0; segment < segments.size(); segment++) {
        cover.add(segments.from(segment), segments.to(segment));
      }
      endings.add(new Ending(segments, cover));
    }
  }

  public List<FeatureValue> read(EntityKey key) {
    byte[] address = Addresses.ofKey(key.bytes());
    @Nullable FeatureValue[] answers = new FeatureValue[plan.outputs().size()];
    found = false;
    addUp(address, endings.get(0), answers);
    if (covered && !found) {
      lookFurther(address, endings.get(0).segments().earliest());
    }
    if (!found) {
      return covered ? notFound() : withheld(FeatureStatus.UNCOVERED);
    }
    if (newest < ViewPlan.start(moment, plan.maxAge())) {
      return withheld(FeatureStatus.OUTSIDE_MAX_AGE);
    }
    for (int earlier = 1; earlier < endings.size(); earlier++) {
      addUp(address, endings.get(earlier), answers);
    }
    for (int window = 0; window < plan.windows().size(); window++) {
      if (plan.windows().get(window).frame() == null) {
        addUpRows(address, window, answers);
      }
    }
    return complete(answers);
  }

  /** Adds up the windows that end together. */
  private void addUp(byte[] key, Ending ending, @Nullable FeatureValue[] answers) {
    Segments segments = ending.segments();
    Cover cover = ending.cover();
    covered = true;
    fetch(key, cover);
    for (int segment = 0; segment < segments.size(); segment++) {
      addUp(segments.from(segment), segments.to(segment), segments.wanted(segment));
      covered &= cover.isCovered(segment);
      if (covered && !found && !sum.isEmpty()) {
        found = true;
        newest = sum.newest();
      }
      for (int output : segments.complete(segment)) {
        answers[output] = answer(output);
      }
    }
  }

  /** Reads what a cover asks for; nothing of it is added up yet. */
  private void fetch(byte[] key, Cover cover) {
    sum.clear();
    try (KeyScan scan = new KeyScan(key, store)) {
      stored.read(key, cover.rows(), scan);
      storedTiles.read(key, cover, scan);
    }
    sum.bind(stored.rows);
  }

  /** Adds up what was read of a segment. */
  private void addUp(long from, long to, boolean[] wanted) {
    for (int row = 0; row < stored.size; row++) {
      if (stored.rows.eventTimes[row] >= from && stored.rows.eventTimes[row] < to) {
        sum.add(stored.rows, row, wanted);
      }
    }
    storedTiles.mergeInto(sum, from, to, wanted);
  }

  /**
   * Says whether the key has older rows within retention. The tile that retention cuts need not be
   * cut: whether its newest row is within is what it says itself.
   */
  private void lookFurther(byte[] key, long end) {
    long retained = ViewPlan.start(moment, plan.retention());
    if (retained >= end) {
      return;
    }
    long from = tiling.start(0, tiling.tile(0, retained));
    Cover cover = new Cover(tiling, meta);
    cover.add(from, end, retained);
    fetch(key, cover);
    addUp(from, end, new boolean[plan.folds().size()]);
    covered = cover.isCovered(0);
    newest = sum.newest();
    // What was dropped is older than the horizons: it does not matter where a newer row is left.
    boolean certain = covered || newest >= Math.max(meta.rowsFrom(), meta.tilesFrom());
    found = certain && !sum.isEmpty() && newest >= retained;
  }

  /** Adds up a window whose rows decide how far it goes back. */
  private void addUpRows(byte[] key, int window, @Nullable FeatureValue[] answers) {
    RowsBack back = RowsBack.of(plan.windows().get(window).window());
    long retained = ViewPlan.start(moment, plan.retention());
    // Rows below the tiles' horizon may be missing too: those that came late were not stored.
    long kept = Math.max(meta.rowsFrom(), meta.tilesFrom());
    int first = stored.readBack(key, back, moment, retained, kept);
    covered = first != RowsBack.MORE;
    sum.clear();
    sum.bind(stored.rows);
    boolean[] wanted = new boolean[plan.folds().size()];
    for (ViewPlan.Output output : plan.outputs()) {
      wanted[output.fold()] |= output.window() == window;
    }
    for (int row = first; covered && row < stored.size; row++) {
      sum.add(stored.rows, row, wanted);
    }
    for (int i = 0; i < answers.length; i++) {
      if (plan.outputs().get(i).window() == window) {
        answers[i] = answer(i);
      }
    }
  }

  /** The value of a feature whose window is now added up. */
  private FeatureValue answer(int output) {
    if (!covered) {
      return new FeatureValue(null, FeatureStatus.UNCOVERED);
    }
    Aggregate aggregate = plan.outputs().get(output).feature().aggregate();
    AnswerCell cell = new AnswerCell(aggregate);
    sum.partials.get(plan.outputs().get(output).fold()).answer(aggregate, moment, cell);
    return cell.toValue();
  }

  private List<FeatureValue> notFound() {
    sum.clear();
    List<FeatureValue> answers = new ArrayList<>();
    for (int i = 0; i < plan.outputs().size(); i++) {
      answers.add(new FeatureValue(answer(i).value(), FeatureStatus.NOT_FOUND));
    }
    return answers;
  }

  private List<FeatureValue> withheld(FeatureStatus why) {
    return Collections.nCopies(plan.outputs().size(), new FeatureValue(null, why));
  }

  private static List<FeatureValue> complete(@Nullable FeatureValue[] answers) {
    List<FeatureValue> complete = new ArrayList<>();
    for (FeatureValue answer : answers) {
      if (answer == null) {
        throw new IllegalStateException("a feature has no window");
      }
      complete.add(answer);
    }
    return complete;
  }
}
