package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.StateReader;
import dev.penstock.feature.StateWriter;
import dev.penstock.feature.ViewState;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveUpdater;
import dev.penstock.online.LiveView;
import dev.penstock.online.OnlineStore;
import dev.penstock.online.Reading;
import dev.penstock.online.StoreWriter;
import dev.penstock.online.ViewUpdater;
import dev.penstock.source.ClockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Ways in which a live path can be wrong. */
final class Faults {
  private static final long HOUR = 3_600_000_000L;

  /** For how much later a forgetful state is trimmed than it is asked about. */
  static final long FORGETS_AHEAD = 2 * HOUR;

  private Faults() {}

  /** The views get the row twice. */
  static LiveUpdater twice(LiveGraph graph, String id) {
    return new Changed(
        new ViewUpdater(graph),
        rows ->
            rows.gather(
                IntStream.range(0, rows.rows())
                    .flatMap(row -> is(rows, row, id) ? IntStream.of(row, row) : IntStream.of(row))
                    .toArray()));
  }

  /** The views never get the row. */
  static LiveUpdater lost(LiveGraph graph, String id) {
    return new Changed(
        new ViewUpdater(graph),
        rows ->
            rows.gather(
                IntStream.range(0, rows.rows()).filter(row -> !is(rows, row, id)).toArray()));
  }

  private static boolean is(Batch rows, int row, String id) {
    return id.equals(rows.column(SystemColumns.ID).value(row));
  }

  /** A row at the edge of an hour goes into the hour before. */
  static LiveUpdater offByOne(LiveGraph graph) {
    return new Changed(
        new ViewUpdater(graph),
        rows -> {
          List<Column> columns = new ArrayList<>(rows.columns());
          int at = rows.schema().require(SystemColumns.EVENT_TIME);
          long[] times = ((LongColumn) rows.column(at)).values().clone();
          for (int row = 0; row < times.length; row++) {
            times[row] -= times[row] % HOUR == 0 ? 1 : 0;
          }
          columns.set(at, new LongColumn(Scalar.TIMESTAMP, times, null));
          return new Batch(rows.schema(), columns);
        });
  }

  /** Within a commit, each row takes the position of one counted from its end. */
  static LiveUpdater reversed(LiveGraph graph, long firstLiveOffset) {
    return new Changed(
        new ViewUpdater(graph),
        rows -> {
          List<Column> columns = new ArrayList<>(rows.columns());
          int at = rows.schema().require(SystemColumns.OFFSET);
          long[] right = ((LongColumn) rows.column(at)).values();
          long[] offsets = new long[right.length];
          for (int row = 0; row < offsets.length; row++) {
            boolean live = right[row] >= firstLiveOffset;
            offsets[row] = right[live ? offsets.length - 1 - row : row];
          }
          columns.set(at, new LongColumn(Scalar.INT64, offsets, null));
          return new Batch(rows.schema(), columns);
        });
  }

  /** With the commit that has the row, views let go what no read two hours later will need. */
  static LiveUpdater forgetful(LiveGraph graph, String id) {
    LiveUpdater real = new ViewUpdater(graph);
    return (source, rows, into) -> {
      real.apply(source, rows, into);
      for (int row = 0; row < rows.rows(); row++) {
        if (is(rows, row, id)) {
          long seen = ((LongColumn) rows.column(SystemColumns.SEEN_TIME)).values()[row];
          for (LiveView view : graph.readersOf(source)) {
            StateWriter state = Objects.requireNonNull(into.state(view.fingerprint()));
            new ViewState(view.view()).trim(seen + FORGETS_AHEAD, state);
          }
        }
      }
    };
  }

  /** A commit's rows reach the views only with the next commit. History is not touched. */
  static LiveUpdater late(LiveGraph graph, long firstLiveOffset) {
    return new Late(new ViewUpdater(graph), firstLiveOffset);
  }

  /** Readings that claim another position than they see. */
  static OnlineStore claiming(OnlineStore real, LongUnaryOperator next) {
    return new Claiming(real, next);
  }

  private record Changed(LiveUpdater real, UnaryOperator<Batch> change) implements LiveUpdater {
    @Override
    public void apply(String source, Batch rows, StoreWriter into) {
      real.apply(source, change.apply(rows), into);
    }
  }

  private static final class Late implements LiveUpdater {
    private final LiveUpdater real;
    private final long firstLiveOffset;
    private @Nullable Batch before;

    Late(LiveUpdater real, long firstLiveOffset) {
      this.real = real;
      this.firstLiveOffset = firstLiveOffset;
    }

    @Override
    public void apply(String source, Batch rows, StoreWriter into) {
      if (((LongColumn) rows.column(SystemColumns.OFFSET)).values()[0] < firstLiveOffset) {
        real.apply(source, rows, into);
        return;
      }
      if (before != null) {
        real.apply(source, before, into);
      }
      before = rows;
    }
  }

  private record Claiming(OnlineStore real, LongUnaryOperator next) implements OnlineStore {
    @Override
    public ClockMode clockMode() {
      return real.clockMode();
    }

    @Override
    public Reading now() {
      return new ClaimingReading(real.now(), next);
    }

    @Override
    public Reading at(long q) {
      return new ClaimingReading(real.at(q), next);
    }
  }

  private record ClaimingReading(Reading real, LongUnaryOperator next) implements Reading {
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
      return honest.with(0, next.applyAsLong(honest.next(0)));
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
