package dev.penstock.app.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Answer.Format;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class AnswerPrintTest {
  private static final Answer ANSWER =
      Answer.builder()
          .note("2 sources")
          .table("row_counts")
          .heading("source")
          .heading("rows")
          .heading("late", Format.SHARE)
          .heading("seen", Format.TIME)
          .row("landings", 2_999_871L, 0.2234, 991_353_600_000_000L)
          .row("airports\nof the US", 229L, null, null)
          .end()
          .facts("lake")
          .fact("size", 13_500_000L, Format.BYTES)
          .fact("took", 61_250L, Format.MILLIS)
          .fact("year", 2001, Format.NUMERAL)
          .fact("auc", 0.79500001)
          .end()
          .build();

  @Test
  void numbers_stand_to_the_right_under_their_heading() {
    StringWriter text = new StringWriter();
    AnswerText.print(ANSWER, new PrintWriter(text));

    assertThat(text.toString())
        .isEqualTo(
            """
            2 sources

            Row counts
            source                   rows     late  seen
            ──────────────────  ─────────  ───────  ────────────────────
            landings            2,999,871  22.34 %  2001-06-01T00:00:00Z
            airports of the US        229        -  -

            Lake
            size  13.5 MB
            took  61.2 s
            year  2001
            auc   0.795
            """);
  }

  @Test
  void json_has_numbers_as_they_are() throws Exception {
    StringWriter text = new StringWriter();
    AnswerJson.print(ANSWER, new PrintWriter(text));

    com.fasterxml.jackson.databind.JsonNode json =
        new com.fasterxml.jackson.databind.ObjectMapper().readTree(text.toString());
    assertThat(json.at("/row_counts/0/rows").asLong()).isEqualTo(2_999_871L);
    assertThat(json.at("/row_counts/0/late").asDouble()).isEqualTo(0.2234);
    assertThat(json.at("/row_counts/0/seen").asText()).isEqualTo("2001-06-01T00:00:00Z");
    assertThat(json.at("/row_counts/1/late").isNull()).isTrue();
    assertThat(json.at("/lake/auc").asDouble()).isEqualTo(0.79500001);
    assertThat(json.at("/notes/0").asText()).isEqualTo("2 sources");
  }

  @Test
  void table_alone_has_no_title() {
    StringWriter text = new StringWriter();
    AnswerText.print(
        Answer.builder().table("rows").heading("n").row(1L).end().build(), new PrintWriter(text));

    assertThat(text.toString()).isEqualTo("n\n─\n1\n");
  }

  @Test
  void empty_table_says_none() {
    StringWriter text = new StringWriter();
    AnswerText.print(
        Answer.builder().table("rows").heading("n").end().build(), new PrintWriter(text));

    assertThat(text.toString()).isEqualTo("(none)\n");
  }

  @Test
  void numbers_of_every_size_read_well() {
    assertThat(Shown.of(1234.5678, Format.PLAIN)).isEqualTo("1,234.5678");
    assertThat(Shown.of(1e-7, Format.PLAIN)).isEqualTo("1.0E-7");
    assertThat(Shown.of(0.0, Format.PLAIN)).isEqualTo("0");
    assertThat(Shown.of(Double.NaN, Format.SHARE)).isEqualTo("NaN %");
    assertThat(Shown.of(-1_000_000, Format.PLAIN)).isEqualTo("-1,000,000");
    assertThat(Shown.of(999, Format.BYTES)).isEqualTo("999 B");
    assertThat(Shown.of(0.25, Format.MILLIS)).isEqualTo("0.250 ms");
    assertThat(Shown.of(185_000, Format.MILLIS)).isEqualTo("3 min 5 s");
    assertThat(Shown.of(null, Format.PLAIN)).isEqualTo("-");
  }

  @Test
  void html_escapes_what_it_shows() {
    StringBuilder page = new StringBuilder();
    AnswerHtml.append(Answer.of("<script>&\""), page);

    assertThat(page.toString()).isEqualTo("<p>&lt;script&gt;&amp;&quot;</p>\n");
  }
}
