package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrittenFormsTest {
  @Test
  void spans_are_written_in_their_largest_whole_unit() {
    assertThat(Span.parse("24h")).hasToString("1d");
    assertThat(Span.parse("90m")).hasToString("90m");
    assertThat(Span.parse("1ms").micros()).isEqualTo(1_000);
    assertThat(Span.parse("2w").micros()).isEqualTo(14 * 86_400_000_000L);
    assertThatThrownBy(() -> Span.parse("3 hours")).hasMessageContaining("3 hours");
  }

  @Test
  void positions_are_read_back_and_cover_what_is_below() {
    Positions positions = new Positions(Map.of(1, 31L, 0, 1_200L));
    assertThat(positions).hasToString("0:1200,1:31");
    assertThat(Positions.parse(positions.toString())).isEqualTo(positions);
    assertThat(Positions.parse("")).isEqualTo(Positions.NONE);
    assertThat(positions.covers(1, 30)).isTrue();
    assertThat(positions.covers(1, 31)).isFalse();
    assertThat(positions.covers(2, 0)).isFalse();
  }

  @Test
  void a_fingerprint_tells_where_one_part_ends() {
    assertThat(Fingerprint.of(List.of("ab", "c"))).isNotEqualTo(Fingerprint.of(List.of("a", "bc")));
    assertThat(Fingerprint.of(List.of("a"))).isEqualTo(Fingerprint.of(List.of("a")));
    assertThat(Fingerprint.of(List.of("a")).shown()).hasSize(12);
  }

  @Test
  void an_error_reads_code_place_what_hint() {
    PenstockException error =
        new PenstockException(
            ErrorCode.COLUMN_NOT_FOUND,
            new Place("views/a.yaml", 12, 9),
            "no column 'x'",
            "has: y");
    assertThat(error).hasMessage("COLUMN_NOT_FOUND views/a.yaml:12:9 no column 'x'; has: y");
    assertThat(error.code().kind().exitCode()).isEqualTo(2);
  }
}
