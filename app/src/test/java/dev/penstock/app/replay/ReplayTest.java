package dev.penstock.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.app.memory.MemoryOpener;
import dev.penstock.app.memory.MemoryServing;
import dev.penstock.app.replay.Replay.Questions;
import dev.penstock.app.replay.ReplayProgress.Done;
import dev.penstock.app.server.PenstockServer;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.ReplayRows;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ChangeFeed;
import dev.penstock.source.ClockMode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay that is cut short, over a server in memory: sixty moments of two sources. */
class ReplayTest {
  private static final int ROWS = 60;
  private static final Questions ALL = new Questions("late_arrival", "departures", ROWS, 1);

  @TempDir Path folder;
  private PenstockServer server;

  @BeforeEach
  void start() {
    Operations project =
        new MemoryOpener()
            .open(new Workspace(folder.toAbsolutePath(), "local"), InstantSource.system());
    server =
        PenstockServer.start(
            "127.0.0.1",
            0,
            new PenstockServer.Served(
                project,
                project.serving(ClockMode.REPLAY),
                "token",
                (command, out, err) -> 0,
                folder.resolve("cache")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void replay_pushes_all_and_asks_all() {
    Answer answer = replay(ALL, Progress.SILENT);

    assertThat(pushed(answer)).containsExactly(List.of(60L, 60L, 0L), List.of(60L, 60L, 0L));
    assertThat(asked(answer)).isEqualTo(ROWS);
  }

  @Test
  void replay_cut_short_goes_on_from_its_last_stop() {
    assertThatThrownBy(() -> replay(ALL, after(20, ReplayTest::cut))).hasMessage("cut");
    Answer rest = replay(ALL, Progress.SILENT);

    // At its twentieth stop 19 rows of each source were there, and 20 questions were asked. The
    // last one is asked again, as nobody knows whether its answer was heard.
    assertThat(pushed(rest)).containsExactly(List.of(41L, 41L, 0L), List.of(41L, 41L, 0L));
    assertThat(asked(rest)).isEqualTo(41);
  }

  @Test
  void question_that_the_clock_has_passed_had_its_answer() {
    Answer whole = replay(ALL, Progress.SILENT);
    // As if the last stop had been noted, its question asked, its rows pushed, and then the end.
    new ReplayProgress(folder, onlyReplay())
        .write(new Done(lastMoment(), Map.of("departures", Positions.of(0, 59))));
    Answer again = replay(ALL, Progress.SILENT);

    assertThat(asked(whole)).isEqualTo(ROWS);
    assertThat(asked(again)).isZero();
    assertThat(pushed(again)).containsExactly(List.of(1L, 0L, 1L), List.of(1L, 0L, 1L));
  }

  @Test
  void replay_that_is_done_has_nothing_left() {
    replay(ALL, Progress.SILENT);
    Answer again = replay(ALL, Progress.SILENT);

    assertThat(pushed(again)).containsExactly(List.of(0L, 0L, 0L), List.of(0L, 0L, 0L));
    assertThat(asked(again)).isZero();
  }

  @Test
  void server_that_was_set_up_anew_gets_everything_again() {
    replay(ALL, Progress.SILENT);
    server.close();
    start();
    Answer again = replay(ALL, Progress.SILENT);

    assertThat(pushed(again)).containsExactly(List.of(60L, 60L, 0L), List.of(60L, 60L, 0L));
    assertThat(asked(again)).isEqualTo(ROWS);
  }

  @Test
  void rows_that_change_are_pushed_and_not_asked_about() {
    List<ReplayRows> changing =
        MemoryServing.history().stream()
            .map(
                rows ->
                    new ReplayRows(
                        rows.source(), rows.rows(), rows.unread(), ChangeFeed.upserts("origin")))
            .toList();
    assertThatThrownBy(
            () -> new Replay(server.address(), folder, ALL, Progress.SILENT).run(() -> changing))
        .hasMessageContaining("UNSUPPORTED")
        .hasMessageContaining("rows of 'departures' change");
    Answer answer = new Replay(server.address(), folder, null, Progress.SILENT).run(() -> changing);
    assertThat(pushed(answer)).containsExactly(List.of(60L, 60L, 0L), List.of(60L, 60L, 0L));
  }

  @Test
  void second_replay_beside_the_first_is_refused() {
    replay(
        ALL,
        after(
            5,
            () ->
                assertThatThrownBy(() -> replay(null, Progress.SILENT))
                    .isInstanceOfSatisfying(
                        PenstockException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT_RETRY))));

    assertThat(asked(replay(ALL, Progress.SILENT))).isZero();
  }

  @Test
  void progress_is_what_was_noted_last() {
    ReplayProgress progress = new ReplayProgress(folder.resolve("new"), Fingerprint.of(List.of()));
    assertThat(progress.read()).isEmpty();

    progress.write(new Done(5, Map.of("a", Positions.of(0, 3))));
    Done second = new Done(7, Map.of("a", Positions.of(0, 4), "b", Positions.NONE));
    progress.write(second);
    assertThat(progress.read()).hasValue(second);
    assertThat(new ReplayProgress(folder.resolve("new"), Fingerprint.of(List.of("x"))).read())
        .isEmpty();
  }

  @Test
  void progress_holds_where_every_source_reaches_as_far() {
    Done done = new Done(7, Map.of("a", Positions.of(0, 4), "b", Positions.of(0, 2)));

    assertThat(done.isTrueOf(done.positions())).isTrue();
    assertThat(done.isTrueOf(Map.of("a", Positions.of(0, 9), "b", Positions.of(0, 2)))).isTrue();
    assertThat(done.isTrueOf(Map.of("a", Positions.of(0, 4), "b", Positions.of(0, 1)))).isFalse();
    assertThat(done.isTrueOf(Map.of("a", Positions.of(0, 4)))).isFalse();
  }

  private Answer replay(Questions questions, Progress progress) {
    return new Replay(server.address(), folder, questions, progress).run(MemoryServing::history);
  }

  private static void cut() {
    throw new IllegalStateException("cut");
  }

  /** Does something when so many stops are behind. */
  private static Progress after(int stops, Runnable action) {
    int[] left = {stops};
    return new Progress() {
      @Override
      public void stage(String name) {}

      @Override
      public void done(long done, long total) {
        if (--left[0] == 0) {
          action.run();
        }
      }
    };
  }

  /** The name under which the one replay of this test noted its progress. */
  private Fingerprint onlyReplay() {
    long[] seen = Replay.seenTimes(MemoryServing.history().get(0).rows());
    String times = seen[0] + " " + seen[ROWS - 1];
    return Fingerprint.of(
        List.of(ALL.toString(), "departures " + ROWS, times, "landings " + ROWS, times));
  }

  private static long lastMoment() {
    return Replay.seenTimes(MemoryServing.history().get(0).rows())[ROWS - 1];
  }

  /** Rows, accepted and duplicates of each source. */
  private static List<List<Object>> pushed(Answer answer) {
    return ((Answer.Table) answer.parts().get(0))
        .rows().stream().map(row -> List.copyOf(row.subList(1, 4))).toList();
  }

  private static long asked(Answer answer) {
    return (Long) ((Answer.Facts) answer.parts().get(1)).facts().get(0).value();
  }
}
