package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  @Test
  void every_piece_is_run_once() {
    AtomicInteger[] runs = new AtomicInteger[100];
    List<Runnable> work = new ArrayList<>();
    for (int i = 0; i < runs.length; i++) {
      AtomicInteger run = new AtomicInteger();
      runs[i] = run;
      work.add(run::incrementAndGet);
    }
    SideBySide.run(work);
    assertThat(runs).allSatisfy(run -> assertThat(run).hasValue(1));
  }

  @Test
  void nothing_runs_any_more_when_a_piece_has_failed() {
    AtomicInteger ended = new AtomicInteger();
    CountDownLatch failed = new CountDownLatch(1);
    List<Runnable> work = new ArrayList<>();
    work.add(
        () -> {
          failed.countDown();
          throw new IllegalStateException("lost");
        });
    for (int i = 0; i < 20; i++) {
      work.add(
          () -> {
            try {
              failed.await();
              Thread.sleep(5);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            ended.incrementAndGet();
          });
    }
    assertThatThrownBy(() -> SideBySide.run(work)).hasMessage("lost");
    assertThat(ended).hasValue(20);
  }

  @Test
  void of_several_failures_the_first_piece_s_is_thrown() {
    CountDownLatch last = new CountDownLatch(1);
    Runnable first =
        () -> {
          try {
            // Where nothing runs beside the caller, the last never comes before the first.
            last.await(10, TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          throw new IllegalStateException("first");
        };
    Runnable second =
        () -> {
          last.countDown();
          throw new IllegalStateException("second");
        };
    assertThatThrownBy(() -> SideBySide.run(List.of(first, second))).hasMessage("first");
  }

  @Test
  void no_work_is_done_at_once() {
    SideBySide.run(List.of());
  }
}
