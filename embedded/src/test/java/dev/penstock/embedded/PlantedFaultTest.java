package dev.penstock.embedded;

import static dev.penstock.embedded.Taps.GRAPH;
import static dev.penstock.embedded.Taps.HOUR;
import static dev.penstock.embedded.Taps.NAME;
import static dev.penstock.embedded.Taps.SECOND;
import static dev.penstock.embedded.Taps.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.Queries;
import dev.penstock.feature.StateReader;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveUpdater;
import dev.penstock.online.LiveView;
import dev.penstock.online.Reading;
import dev.penstock.online.ServedFeatures;
import dev.penstock.online.StoreWriter;
import dev.penstock.online.ViewUpdater;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers that were served are asked again of the log, by their positions. Without a fault all are
 * equal; each fault planted into the live path, through the seams that the store has for its parts,
 * is found.
 */
class PlantedFaultTest {
  private static final String[] TAPS = {"a", "b", "c"};
  private static final long START = 100_000 * HOUR;
  private static final int INSTANTS = 60;
  private static final UnaryOperator<Reading> HONEST = reading -> reading;

  @TempDir Path folder;

  /** Serves for a while, then replays the log; how many answers differ. */
  private int differences(
      Function<LiveGraph, LiveUpdater> updater, UnaryOperator<Reading> reading) {
    StoreOptions options = StoreOptions.of(ClockMode.REPLAY, () -> 0).updatedBy(updater);
    List<ServedFeatures> served = new ArrayList<>();
    try (EmbeddedStore store = EmbeddedStore.open(folder, options)) {
      store.define(List.of(SOURCE), GRAPH);
      store.fill(GRAPH.views(), List.of(), Positions.NONE);
      SplittableRandom random = new SplittableRandom(7);
      for (int instant = 1; instant <= INSTANTS; instant++) {
        long now = START + instant * 600 * SECOND;
        try (Reading honest = store.at(now)) {
          served.add(Taps.read(reading.apply(honest), TAPS));
        }
        Rows rows = Rows.of(Taps.WITH_ID);
        for (int i = 0; i < 4; i++) {
          long late = random.nextInt(12) * 600 * SECOND;
          rows.row(
              now - late, TAPS[random.nextInt(3)], random.nextDouble() * 30, instant + "/" + i);
        }
        store.push(NAME, RawRows.pushed(rows.batch()).seenAt(now)).join();
      }
      return GRAPH.views().stream().mapToInt(view -> differences(store, view, served)).sum();
    }
  }

  private static int differences(EmbeddedStore store, LiveView view, List<ServedFeatures> served) {
    List<Batch> input = new ArrayList<>();
    for (Batch rows : store.log().read(NAME, Positions.NONE, store.log().end(NAME))) {
      input.add(view.transform() == null ? rows : view.transform().apply(rows));
    }
    Rows keys = Rows.of(Schema.of(Field.of("tap", Scalar.STRING)));
    List<Positions> positions = new ArrayList<>();
    long[] times = new long[served.size() * TAPS.length];
    for (ServedFeatures answer : served) {
      for (String tap : TAPS) {
        times[positions.size()] = answer.q();
        positions.add(answer.positions().get(NAME));
        keys.row(tap);
      }
    }
    List<FeatureColumn> replayed =
        ViewHistory.of(view.view(), input)
            .read(new Queries(keys.batch().columns(), times), new Visibility.ByPosition(positions));
    int differences = 0;
    for (int f = 0; f < replayed.size(); f++) {
      String name = view.view().name() + "__" + replayed.get(f).name();
      for (int i = 0; i < times.length; i++) {
        FeatureColumn column = column(served.get(i / TAPS.length), name);
        if (!column.answer(i % TAPS.length).equals(replayed.get(f).answer(i))) {
          differences++;
        }
      }
    }
    return differences;
  }

  private static FeatureColumn column(ServedFeatures served, String name) {
    return served.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void answers_without_a_fault_are_equal_to_the_last_bit() {
    assertThat(differences(ViewUpdater::new, HONEST)).isZero();
  }

  @Test
  void row_applied_twice_is_found() {
    assertThat(
            differences(
                graph -> new Changed(graph, rows -> rows.gather(twice(rows, "20/1"))), HONEST))
        .isPositive();
  }

  @Test
  void row_lost_is_found() {
    assertThat(
            differences(
                graph -> new Changed(graph, rows -> rows.gather(without(rows, "20/1"))), HONEST))
        .isPositive();
  }

  @Test
  void reading_before_rows_are_applied_is_found() {
    assertThat(differences(Late::new, HONEST)).isPositive();
  }

  @Test
  void row_at_the_edge_of_a_tile_put_into_the_tile_before_is_found() {
    assertThat(differences(graph -> new Changed(graph, PlantedFaultTest::offByOne), HONEST))
        .isPositive();
  }

  @Test
  void wrong_position_is_found() {
    assertThat(differences(ViewUpdater::new, OnePositionAhead::new)).isPositive();
  }

  private static int[] twice(Batch rows, String id) {
    return IntStream.range(0, rows.rows())
        .flatMap(row -> isRow(rows, row, id) ? IntStream.of(row, row) : IntStream.of(row))
        .toArray();
  }

  private static int[] without(Batch rows, String id) {
    return IntStream.range(0, rows.rows()).filter(row -> !isRow(rows, row, id)).toArray();
  }

  private static boolean isRow(Batch rows, int row, String id) {
    return id.equals(rows.column(SystemColumns.ID).value(row));
  }

  private static Batch offByOne(Batch rows) {
    LongColumn times = (LongColumn) rows.column(SystemColumns.EVENT_TIME);
    long[] shifted =
        IntStream.range(0, rows.rows())
            .mapToLong(row -> times.values()[row])
            .map(time -> time % HOUR == 0 ? time - 1 : time)
            .toArray();
    return new Batch(
        rows.schema(),
        IntStream.range(0, rows.schema().size())
            .mapToObj(
                c ->
                    rows.schema().field(c).name().equals(SystemColumns.EVENT_TIME)
                        ? new LongColumn(Scalar.TIMESTAMP, shifted, null)
                        : rows.column(c))
            .toList());
  }

  /** Hands the views other rows than were accepted. */
  private record Changed(LiveUpdater real, UnaryOperator<Batch> change) implements LiveUpdater {
    Changed(LiveGraph graph, UnaryOperator<Batch> change) {
      this(new ViewUpdater(graph), change);
    }

    @Override
    public void apply(String source, Batch rows, StoreWriter into) {
      real.apply(source, change.apply(rows), into);
    }
  }

  /** Applies rows one commit late. */
  private static final class Late implements LiveUpdater {
    private final LiveUpdater real;
    private Batch before;

    Late(LiveGraph graph) {
      real = new ViewUpdater(graph);
    }

    @Override
    public void apply(String source, Batch rows, StoreWriter into) {
      if (before != null) {
        real.apply(source, before, into);
      }
      before = rows;
    }
  }

  /** Claims to have seen a row more than it did. */
  private record OnePositionAhead(Reading real) implements Reading {
    @Override
    public long q() {
      return real.q();
    }

    @Override
    public ClockMode clockMode() {
      return real.clockMode();
    }

    @Override
    public Positions positions(LiveView view) {
      Positions honest = real.positions(view);
      return honest.with(0, honest.next(0) + 1);
    }

    @Override
    public StateReader state(LiveView view) {
      return real.state(view);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
