package dev.penstock.platform.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackgroundMaintenanceTest {
  private final Deque<String> done = new ArrayDeque<>();
  private RuntimeException failure;

  private void work(String what) {
    done.add(what);
    if (failure != null) {
      throw failure;
    }
  }

  private final BackgroundMaintenance maintenance =
      new BackgroundMaintenance(() -> work("tables"), () -> work("everything"), Duration.ofDays(1));

  @Test
  void files_that_nothing_refers_to_are_looked_for_at_first_and_seldom_after() {
    for (int i = 0; i < 101; i++) {
      maintenance.look();
    }
    assertThat(done.getFirst()).isEqualTo("everything");
    assertThat(done.getLast()).isEqualTo("everything");
    assertThat(done.stream().filter("everything"::equals)).hasSize(2);
  }

  @Test
  void what_fails_is_told_until_it_succeeds() {
    failure = new PenstockException(ErrorCode.IO, "the disk is full", "");
    maintenance.look();
    assertThat(maintenance.warnings())
        .isEqualTo(
            List.of("old files of the lake stay, because maintenance fails: the disk is full"));
    failure = null;
    maintenance.look();
    assertThat(maintenance.warnings()).isEmpty();
  }

  @Test
  void a_command_that_is_in_the_way_is_no_failure() {
    failure = new PenstockException(ErrorCode.CONFLICT_RETRY, "'run' runs", "");
    maintenance.look();
    assertThat(maintenance.warnings()).isEmpty();
    failure = null;
    maintenance.look();
    assertThat(done).containsExactly("everything", "everything");
  }
}
