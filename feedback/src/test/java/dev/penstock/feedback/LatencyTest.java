package dev.penstock.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.feedback.Latency.Bucket;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
  @Test
  void percentiles_are_values_that_were_measured() {
    Latency latency = Latency.of("read", LongStream.rangeClosed(1, 1_000).toArray());
    assertThat(latency.median()).isEqualTo(500);
    assertThat(latency.p95()).isEqualTo(950);
    assertThat(latency.p99()).isEqualTo(990);
    assertThat(latency.slowest()).isEqualTo(1_000);
  }

  @Test
  void buckets_hold_every_value_once_and_leave_no_gap() {
    Latency latency = Latency.of("read", new long[] {5, 0, 1, 9_000, 9_500, 99, 100, 101});
    assertThat(latency.buckets().stream().mapToLong(Bucket::count).sum()).isEqualTo(8);
    for (int i = 1; i < latency.buckets().size(); i++) {
      assertThat(latency.buckets().get(i).from()).isEqualTo(latency.buckets().get(i - 1).to());
    }
    assertThat(latency.buckets())
        .anySatisfy(
            bucket -> {
              assertThat(bucket.from()).isEqualTo(100);
              assertThat(bucket.count()).isEqualTo(2);
            });
  }

  @Test
  void nothing_measured_is_undefined() {
    Latency latency = Latency.of("read", new long[0]);
    assertThat(latency.median()).isNull();
    assertThat(latency.buckets()).isEmpty();
  }
}
