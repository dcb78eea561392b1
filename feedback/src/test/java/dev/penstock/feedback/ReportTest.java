package dev.penstock.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.feedback.LoopReport.Model;
import dev.penstock.feedback.LoopReport.Stage;
import dev.penstock.feedback.ParitySummary.Difference;
import dev.penstock.feedback.ParitySummary.Reason;
import dev.penstock.model.Evaluation;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {
  private static final LoopReport LOOP = ExampleLoop.make();
  private static final Report REPORT = new Report(LOOP);
  private static final String HTML = REPORT.toHtml();

  private static LoopReport with(@Nullable ParitySummary parity, List<Stage> stages) {
    return new LoopReport(
        "p",
        "",
        stages,
        List.of(),
        List.of(),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        parity == null ? null : new ParityCheck(1_000_000_000_000_000L, parity, 31),
        null,
        List.of(),
        null);
  }

  @Test
  void the_page_needs_nothing_from_elsewhere() {
    assertThat(HTML).doesNotContain("<script").doesNotContain("<link").doesNotContain("<img");
    assertThat(HTML).doesNotContain("@import").doesNotContain("url(").doesNotContain("http");
  }

  @Test
  void every_drawing_is_well_formed() throws Exception {
    Matcher drawings = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(HTML);
    int count = 0;
    while (drawings.find()) {
      count++;
      String svg = drawings.group();
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
      assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity").contains("aria-label");
    }
    assertThat(count).isGreaterThanOrEqualTo(9);
  }

  @Test
  void every_link_of_the_page_leads_to_a_section() {
    Matcher links = Pattern.compile("href=\"#([a-z]+)\"").matcher(HTML);
    int count = 0;
    while (links.find()) {
      count++;
      assertThat(HTML).contains("<section id=\"" + links.group(1) + "\">");
    }
    assertThat(count).isEqualTo(12);
  }

  @Test
  void the_titles_say_what_was_found() {
    assertThat(REPORT.toText())
        .contains("No period was clearly worse than the validation AUC of 0.797")
        .contains("All 20,480 replayed answers came out the same, bit for bit")
        .contains("The challenger was promoted: its AUC is higher by")
        .contains("6,000,208 rows were accepted, 19 kept out")
        .contains("Peeking would have changed 12 of 16 features");
  }

  @Test
  void the_text_is_plain_and_fits_a_terminal() {
    assertThat(REPORT.toText()).doesNotContain("<").doesNotContain("\u00a0");
    assertThat(REPORT.toText().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
  }

  @Test
  void the_json_holds_the_tree_in_snake_case_and_is_stable() throws Exception {
    JsonNode root = new ObjectMapper().readTree(REPORT.toJson());
    assertThat(root.path("format").asInt()).isEqualTo(1);
    assertThat(root.at("/performance/reference_auc").asDouble()).isEqualTo(0.797);
    assertThat(root.at("/performance/periods/0/auc_low").isNumber()).isTrue();
    assertThat(root.at("/parity/summary/sample").asLong()).isEqualTo(20_480);
    assertThat(root.at("/promotion/verdict").asText()).isEqualTo("PROMOTED");
    assertThat(root.at("/sources/1/quarantined/plausible_delay").asLong()).isEqualTo(17);
    assertThat(root.at("/drift/features/0/psi/value").isNumber()).isTrue();
    assertThat(root.at("/datasets/0/splits/0/counts/immature").asLong()).isEqualTo(3_013);
    assertThat(new Report(ExampleLoop.make()).toJson()).isEqualTo(REPORT.toJson());
    assertThat(new Report(ExampleLoop.make()).toHtml()).isEqualTo(HTML);
  }

  @Test
  void models_are_compared_on_rows_that_neither_learned_from() {
    Evaluation weak = Evaluation.of(new float[] {0.1f, 0.6f, 0.4f, 0.9f}, new float[] {0, 0, 1, 1});
    Evaluation perfect =
        Evaluation.of(new float[] {0.1f, 0.2f, 0.8f, 0.9f}, new float[] {0, 0, 1, 1});
    Model champion = model("champion", Map.of("May", perfect, "June", weak), "May");
    Model baseline = model("baseline", Map.of("May", weak, "June", weak), "April");
    LoopReport loop =
        new LoopReport(
            "p",
            "",
            List.of(),
            List.of(),
            List.of(),
            null,
            List.of(baseline, champion),
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            null);
    assertThat(new Report(loop).toText())
        .contains("2 models trained")
        .contains("May (learned from)")
        .doesNotContain("above");
  }

  private static Model model(String role, Map<String, Evaluation> evaluations, String learned) {
    return new Model(
        role,
        "1",
        role,
        "d",
        1,
        1,
        new TreeSet<>(Set.of(learned)),
        new TreeMap<>(evaluations),
        new TreeMap<>());
  }

  @Test
  void what_did_not_run_is_left_out() {
    Report report = new Report(with(null, List.of()));
    assertThat(report.toHtml()).doesNotContain("<section").contains("Report");
    assertThat(report.toText()).isEqualTo("p\n");
  }

  @Test
  void text_from_outside_cannot_become_markup() {
    String html =
        new Report(
                with(
                    null,
                    List.of(new Stage("<script>alert(1)</script>", 1, 2L, "\"><img src=x> & 'q'"))))
            .toHtml();
    assertThat(html).doesNotContain("<script").doesNotContain("<img");
    assertThat(html).contains("&lt;script&gt;").contains("&amp; &#39;q&#39;");
  }

  @Test
  void broken_parity_is_shown_with_its_reasons_and_rows() {
    ParitySummary parity =
        new ParitySummary(
            100,
            98,
            400,
            300,
            Map.of(Reason.BUG, 2L),
            Map.of(Reason.VERSION, 17L),
            List.of(new Difference("p7", "delay_3h", "1.0", "2.0", Reason.BUG, "landings 0:42")));
    Report report = new Report(with(parity, List.of()));
    assertThat(report.toText())
        .contains("2 of 100 replayed answers came out differently")
        .containsPattern("answered by another definition\\s+17")
        .containsPattern("2001-09-09T01:46:40Z .* 31\\n")
        .contains("landings 0:42");
    assertThat(report.toHtml()).contains("bad-text").contains("98.0\u00a0%");
  }

  @Test
  void an_empty_parity_sample_is_not_shown_as_success() {
    String text = new Report(with(ParitySummary.equal(0, 0), List.of())).toText();
    assertThat(text).contains("Parity was not shown").doesNotContain("100 %");
  }

  @Test
  void it_is_written_as_three_files(@TempDir Path folder) throws Exception {
    REPORT.write(folder.resolve("report"));
    assertThat(Files.readString(folder.resolve("report/report.html"))).isEqualTo(HTML);
    assertThat(folder.resolve("report/report.json")).exists();
    assertThat(folder.resolve("report/report.txt")).exists();
  }
}
