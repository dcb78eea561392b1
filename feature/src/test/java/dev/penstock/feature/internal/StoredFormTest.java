package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.Facts.HOUR;
import static dev.penstock.feature.internal.Facts.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.EntityKey;
import dev.penstock.data.Span;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.StateCursor;
import dev.penstock.feature.Window;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The stored form of version 1, byte by byte. The file is never changed: a new version adds a file
 * of its own, and what becomes of state of version 1 is decided and tested then.
 */
class StoredFormTest {
  private static final long T = RandomLog.DAY_OF_TIME_CHANGE;
  private static final HexFormat HEX = HexFormat.of();

  private static FeatureView view() {
    Window hour = Window.trailing(new Span(HOUR));
    Window week = Window.trailing(new Span(7 * 24 * HOUR));
    Aggregate late = Aggregate.count().where(new AtLeast("whole", 15));
    return new FeatureView(
        "view",
        Facts.THING,
        List.of("name"),
        null,
        List.of(
            new Feature("events", Aggregate.count(), Window.LIFETIME),
            new Feature("late", late, hour),
            new Feature("whole", of(AggregateFunction.SUM, "whole"), week),
            new Feature("real", of(AggregateFunction.SUM, "real"), week),
            new Feature("least", of(AggregateFunction.MIN, "single"), week),
            new Feature("greatest", of(AggregateFunction.MAX, "whole"), hour),
            new Feature("text", of(AggregateFunction.LAST, "text"), Window.LIFETIME),
            new Feature("amount", of(AggregateFunction.LAST, "amount"), week),
            new Feature("vector", of(AggregateFunction.LAST, "vector"), week),
            new Feature("flag", of(AggregateFunction.SHARE, "flag"), week),
            new Feature("median", Aggregate.percentile(InputRow.column("real"), 0.5), week)),
        FeatureView.UNBOUNDED,
        null);
  }

  private static List<InputRow> rows() {
    return new Facts()
        .row(T - 200 * HOUR, "text", "old", "whole", 1L)
        .row(T, "whole", Long.MAX_VALUE, "real", 0.1, "single", -1.5f, "flag", true)
        .row(T + 1, "whole", Long.MAX_VALUE, "real", 1e300, "amount", new BigDecimal("-12.50"))
        .row(T + HOUR, "whole", -Long.MAX_VALUE, "real", -1e300, "flag", false, "text", "naïve")
        .at(3, 70_000, T + HOUR, T, "vector", new float[] {0.5f, -1f}, "real", Double.NaN)
        .at(-1, 0, T + 2 * HOUR, T, "name", "b")
        .rows();
  }

  private static String written(MemoryStore store) {
    StringBuilder text = new StringBuilder();
    try (StateCursor cursor = store.scan(new byte[0], new byte[] {2})) {
      while (cursor.next()) {
        text.append(HEX.formatHex(cursor.address()))
            .append(' ')
            .append(HEX.formatHex(cursor.value()))
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String stored() throws IOException {
    try (InputStream in = StoredFormTest.class.getResourceAsStream("/state-v1.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void rows_are_stored_as_version_1_says() throws IOException {
    MemoryStore store = new MemoryStore();
    new LiveState(view()).apply(InputRow.batch(rows()), store);
    assertThat(written(store)).isEqualTo(stored());
  }

  @Test
  void state_that_version_1_wrote_is_read() throws IOException {
    MemoryStore store = new MemoryStore();
    for (String line : stored().split("\n")) {
      String[] entry = line.split(" ");
      store.put(HEX.parseHex(entry[0]), HEX.parseHex(entry[1]));
    }
    List<Object> values = new ArrayList<>();
    for (FeatureValue value :
        new LiveState(view()).at(T + HOUR + 1, store).read(EntityKey.of("a"))) {
      values.add(value.value());
    }
    assertThat((float[]) values.remove(8)).containsExactly(0.5f, -1f);
    assertThat(values)
        .containsExactly(
            5L,
            1L,
            Long.MAX_VALUE,
            Double.NaN,
            -1.5f,
            Long.MAX_VALUE,
            "naïve",
            new BigDecimal("-12.50"),
            0.5,
            Buckets.value(Buckets.of(0.1)));
  }
}
