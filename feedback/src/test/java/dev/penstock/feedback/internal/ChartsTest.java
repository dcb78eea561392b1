package dev.penstock.feedback.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.feedback.Lineage;
import dev.penstock.feedback.Lineage.Edge;
import dev.penstock.feedback.Lineage.Kind;
import dev.penstock.feedback.Lineage.Node;
import dev.penstock.feedback.internal.LineageLayout.Item;
import dev.penstock.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChartsTest {
  @Test
  void a_scale_has_round_ends_and_ticks() {
    Scale scale = Scale.around(0.7312, 0.8051, 0, 100);
    assertThat(scale.low()).isCloseTo(0.72, within(1e-12));
    assertThat(scale.high()).isCloseTo(0.82, within(1e-12));
    assertThat(scale.ticks(5)).hasSize(6);
    assertThat(scale.digits(5)).isEqualTo(2);
    assertThat(scale.at(0.77)).isCloseTo(50, within(1e-9));
  }

  @Test
  void a_scale_of_one_value_still_has_a_width() {
    Scale scale = Scale.around(0.5, 0.5, 0, 100);
    assertThat(scale.at(0.5)).isBetween(0.0, 100.0);
    assertThat(scale.high()).isGreaterThan(scale.low());
  }

  @Test
  void numbers_are_written_for_people() {
    assertThat(Numbers.percent(0.0)).isEqualTo("0\u00a0%");
    assertThat(Numbers.percent(1.0)).isEqualTo("100\u00a0%");
    assertThat(Numbers.percent(0.999999)).isEqualTo("over 99.99\u00a0%");
    assertThat(Numbers.percent(1e-7)).isEqualTo("under 0.01\u00a0%");
    assertThat(Numbers.percent(0.2249)).isEqualTo("22.5\u00a0%");
    assertThat(Numbers.percent(null)).isEqualTo("–");
    assertThat(Numbers.seconds(0.012)).isEqualTo("12\u00a0ms");
    assertThat(Numbers.seconds(237.4)).isEqualTo("3\u00a0min\u00a057\u00a0s");
    assertThat(Numbers.micros(814L)).isEqualTo("814\u00a0µs");
    assertThat(Numbers.micros(1_540L)).isEqualTo("1.5\u00a0ms");
    assertThat(Numbers.micros(2_000_000L)).isEqualTo("2.0\u00a0s");
    assertThat(Numbers.signed(-0.0031, 4)).isEqualTo("−0.0031");
    assertThat(Numbers.signed(0.0, 4)).isEqualTo("0");
    assertThat(Numbers.count(1, "row")).isEqualTo("1 row");
    assertThat(Numbers.day(991_353_600_000_000L)).isEqualTo("1 Jun");
  }

  @Test
  void nodes_of_a_layer_never_overlap_and_stay_inside() {
    Seeds.of(30, 500)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              List<Node> nodes = new ArrayList<>();
              List<Edge> edges = new ArrayList<>();
              for (Kind kind : Kind.values()) {
                List<Node> before = List.copyOf(nodes);
                for (int i = random.nextInt(9); i > 0; i--) {
                  Node node = new Node(kind + "" + i, kind, "n".repeat(1 + random.nextInt(24)), "");
                  nodes.add(node);
                  for (int e = random.nextInt(3); e > 0 && !before.isEmpty(); e--) {
                    edges.add(new Edge(before.get(random.nextInt(before.size())).id(), node.id()));
                  }
                }
              }
              LineageLayout layout =
                  new LineageLayout(
                      new Lineage(nodes, edges), 720, node -> node.name().length() * 7.0 + 20);
              assertThat(layout.ways()).hasSize(edges.size());
              for (List<Item> layer : layout.layers()) {
                double free = -1e-6;
                for (Item item : layer) {
                  assertThat(item.x).as("seed " + seed).isGreaterThanOrEqualTo(free);
                  free = item.x + item.width - 1e-6;
                }
                assertThat(free).as("seed " + seed).isLessThanOrEqualTo(720);
              }
            });
  }

  @Test
  void a_long_name_is_shortened_in_a_bar_and_kept_in_the_table() {
    String name = "a_feature_with_a_name_that_goes_on_and_on_and_on__delay_3h";
    String svg =
        BarChart.draw(List.of(new BarChart.Bar(name, 1, "1", "fill", name)), List.of(), "one bar");
    assertThat(svg).contains("…</text>").contains("<title>" + name);
  }
}
