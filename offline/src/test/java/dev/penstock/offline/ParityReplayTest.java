package dev.penstock.offline;

import static dev.penstock.offline.Wells.micros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.offline.Explanation.Cause;
import dev.penstock.offline.ParityReport.Difference;
import dev.penstock.offline.ParityReport.Mismatch;
import dev.penstock.offline.PointInTime.Visible;
import dev.penstock.offline.Wells.Row;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityReplayTest {
  private static final int ANSWERS = 30;

  @TempDir Path folder;
  private Wells wells;
  private Map<String, ViewInput> inputs;
  private LoggedAnswers honest;

  /** Row i happens at second i; answer i is asked at second i + 1 and sees the rows up to i. */
  @BeforeEach
  void serve() {
    wells = new Wells(folder);
    wells.append(
        IntStream.range(0, ANSWERS)
            .mapToObj(i -> new Row(i % 2 == 0 ? "a" : "b", 1L << i, i, i, i))
            .toList());
    inputs = Map.of("depths", wells.input());
    Rows requests = Rows.of(Wells.REQUEST);
    List<String> ids = new ArrayList<>();
    List<Positions> positions = new ArrayList<>();
    for (int i = 0; i < ANSWERS; i++) {
      ids.add("answer" + i);
      requests.row("a", "b");
      positions.add(Positions.of(0, i + 1));
    }
    Batch asked = requests.batch();
    long[] times = IntStream.range(0, ANSWERS).mapToLong(i -> micros(i + 1)).toArray();
    List<FeatureColumn> served =
        PointInTime.of(Wells.SERVICE, inputs)
            .seen(new Visible.Logged(Map.of(Wells.SOURCE, positions)))
            .read(asked, times);
    honest =
        new LoggedAnswers(
            ids,
            asked,
            new LongColumn(Scalar.TIMESTAMP, times, null),
            Map.of(Wells.SOURCE, positions),
            served);
  }

  @AfterEach
  void close() {
    wells.close();
  }

  private ParityReport compare(List<FeatureColumn> served) {
    return new ParityReplay(Wells.SERVICE, inputs)
        .compare(
            new LoggedAnswers(
                honest.ids(), honest.requests(), honest.times(), honest.positions(), served));
  }

  /** The honest columns, one of which says something else in one row. */
  private List<FeatureColumn> with(String column, int row, FeatureValue value) {
    return honest.served().stream()
        .map(served -> served.name().equals(column) ? changed(served, row, value) : served)
        .toList();
  }

  private static FeatureColumn changed(FeatureColumn column, int row, FeatureValue value) {
    ColumnBuilder values = ColumnBuilder.of(column.values().type(), column.values().size());
    byte[] statuses = column.statuses().clone();
    for (int i = 0; i < statuses.length; i++) {
      values.append(i == row ? value.value() : column.values().value(i));
    }
    statuses[row] = value.status().code();
    return new FeatureColumn(column.name(), values.build(), statuses);
  }

  @Test
  void answers_that_history_gives_back_are_all_equal() {
    ParityReport report = compare(honest.served());
    assertThat(report.holds()).isTrue();
    assertThat(report.sample()).isEqualTo(ANSWERS);
    assertThat(report.share()).isOne();
    assertThat(report.features()).isEqualTo(ANSWERS * 11L);
    assertThat(report.mismatches()).isEmpty();
  }

  @Test
  void a_sample_of_nothing_holds_nothing() {
    ParityReport report =
        new ParityReplay(Wells.SERVICE, inputs)
            .compare(
                new LoggedAnswers(
                    List.of(),
                    Batch.empty(Wells.REQUEST),
                    new LongColumn(Scalar.TIMESTAMP, new long[0], null),
                    Map.of(),
                    List.of()));
    assertThat(report.holds()).isFalse();
    assertThat(report.share()).isNaN();
  }

  @Test
  void one_wrong_value_is_one_answer_less_and_is_shown() {
    ParityReport report =
        compare(with("there__sum_60", 4, new FeatureValue(5L, FeatureStatus.PRESENT)));
    assertThat(report.holds()).isFalse();
    assertThat(report.equal()).isEqualTo(ANSWERS - 1);
    Mismatch mismatch = report.mismatches().get(0);
    assertThat(report.mismatches()).hasSize(1);
    assertThat(mismatch.id()).isEqualTo("answer4");
    assertThat(mismatch.view()).isEqualTo("there");
    assertThat(mismatch.time()).isEqualTo(micros(5));
    assertThat(mismatch.differences())
        .containsExactly(
            new Difference(
                "sum_60",
                new FeatureValue(5L, FeatureStatus.PRESENT),
                new FeatureValue(10L, FeatureStatus.PRESENT)));
    assertThat(mismatch.explanation().rows()).hasSize(2);
  }

  @Test
  void the_same_value_with_another_status_differs() {
    assertThat(
            compare(with("here__n_10", 3, new FeatureValue(2L, FeatureStatus.NOT_FOUND))).equal())
        .isEqualTo(ANSWERS - 1);
  }

  @Test
  void a_feature_that_was_not_served_differs_in_every_answer() {
    List<FeatureColumn> less =
        honest.served().stream().filter(c -> !c.name().equals("here__n_60")).toList();
    ParityReport report = compare(less);
    assertThat(report.equal()).isZero();
    assertThat(report.mismatches()).hasSize(ParityReport.MOST_MISMATCHES);
  }

  @Test
  void a_wrong_value_made_on_demand_is_listed_too() {
    ParityReport report =
        compare(with("asked__twice", 7, new FeatureValue(-1L, FeatureStatus.PRESENT)));
    assertThat(report.equal()).isEqualTo(ANSWERS - 1);
    assertThat(report.mismatches()).hasSize(1);
    Mismatch mismatch = report.mismatches().get(0);
    assertThat(mismatch.id()).isEqualTo("answer7");
    assertThat(mismatch.view()).isEqualTo("asked");
    assertThat(mismatch.differences()).extracting(Difference::feature).containsExactly("twice");
    assertThat(mismatch.explanation().cause()).isEqualTo(Cause.UNEXPLAINED);
  }

  @Test
  void floats_are_equal_when_their_bits_are() {
    assertThat(same(Double.NaN, Double.NaN)).isTrue();
    assertThat(same(0.0, -0.0)).isFalse();
    assertThat(same(1.0, Math.nextUp(1.0))).isFalse();
    assertThat(same(new float[] {1, Float.NaN}, new float[] {1, Float.NaN})).isTrue();
    assertThat(same(new float[] {1, 0f}, new float[] {1, -0f})).isFalse();
    assertThat(same(1L, 1.0)).isFalse();
  }

  @Test
  void bytes_are_equal_by_value() {
    assertThat(same(new byte[] {1, 2}, new byte[] {1, 2})).isTrue();
    assertThat(same(new byte[] {1, 2}, new byte[] {2, 1})).isFalse();
  }

  private static boolean same(Object one, Object other) {
    return ParityReplay.sameValue(
        new FeatureValue(one, FeatureStatus.PRESENT),
        new FeatureValue(other, FeatureStatus.PRESENT));
  }

  @Test
  void rows_after_the_answer_do_not_disturb_it() {
    wells.append(List.of(new Row("a", 999L, 0, 100, ANSWERS), new Row("b", 1L, 1, 100, 31)));
    assertThat(compare(honest.served()).holds()).isTrue();
    Column last = honest.served().get(0).values();
    assertThat(last.size()).isEqualTo(ANSWERS);
  }
}
