package dev.penstock.platform.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.penstock.platform.definition.Kind;
import dev.penstock.platform.definition.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Node;

/** The JSON Schema that editors use says the same as the loader. */
class JsonSchemaTest {
  private static final Path PUBLISHED = Path.of("../docs/reference/penstock.schema.json");
  private static final Path REFERENCE = Path.of("../docs/reference/definitions.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void the_published_schema_is_the_one_in_the_program() throws IOException {
    assertThat(Files.readString(PUBLISHED)).isEqualTo(text());
  }

  @Test
  void the_flights_are_valid() throws IOException {
    assertValid(Path.of("../examples/flights"));
  }

  @Test
  void a_project_of_every_kind_is_valid() throws IOException {
    assertValid(TestProject.complete(folder).folder());
  }

  @Test
  void every_example_of_the_reference_is_valid() throws IOException {
    Matcher blocks = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(REFERENCE));
    int documents = 0;
    while (blocks.find()) {
      for (String document : blocks.group(1).split("(?m)^---$")) {
        Problems problems = new Problems();
        YamlFile file = YamlFile.parse("definitions.md", document, problems);
        assertThat(problems(document)).as(document).isEmpty();
        if (!document.startsWith("project:")) {
          Document read = Document.of(file, file.documents().get(0), problems).orElseThrow();
          ProjectReader.definition(read, Path.of("../examples/flights"));
        }
        problems.throwIfAny();
        documents++;
      }
    }
    assertThat(documents).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void schema_and_loader_know_the_same_fields(Kind kind) throws IOException {
    Problems problems = new Problems();
    YamlFile file = YamlFile.parse("x.yaml", kind.key() + ": x\nowner: o\n", problems);
    Document document = Document.of(file, file.documents().get(0), problems).orElseThrow();
    ProjectReader.definition(document, folder);
    Set<String> published = new TreeSet<>();
    JSON.readTree(text())
        .at("/definitions/" + kind.key() + "/properties")
        .fieldNames()
        .forEachRemaining(published::add);
    assertThat(document.fields().known()).containsExactlyInAnyOrderElementsOf(published);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source: s\nowner: o\ncolumns: {a: int64}",
        "source: s\nowner: o\ncolumns: {a: int65}\nevent_time: a",
        "source: s\nowner: o\ncolumns: {_a: int64}\nevent_time: a",
        "source: s\nowner: o\ncolumns: {a: {type: int64, nul: 1}}\nevent_time: a",
        "source: s\nowner: o\ncolumns: {a: int64}\nevent_time: a\nextra_columns: maybe",
        "source: s\nowner: o\ncolumns: {a: int64}\nevent_time: a\nseen: {log: 1s}",
        "source: s\nowner: o\ncolumns: {a: int64}\nevent_time: a\nremember_ids: 3 weeks",
        "source: s\nowner: o\ncolumns: {a: int64}\nevent_time: a\nchecks: [{wern: row_count > 1}]",
        "source: s\nowner: o\ncolumns: {a: int64}\nfile: data/x.csv",
        "source: s\nowner: o\ncolumns: {a: int64}\nfile: data/x.csv\nprimary_key: a\nid: a",
        "source: s\nowner: o\ncolumns: {a: int64}\nevent_time: a\nchanges: upserts",
        "source: s\nowner: o\ncolumns: {a: int64}\nevent_time: a\nprimary_key: a",
        "source: s\nowner: o\ncolumns: {a: int64}\nevent_time: a\nprimary_key: a\nchanges: inserts",
        "source: s\n"
            + "owner: o\n"
            + "columns: {a: int64}\n"
            + "event_time: a\n"
            + "primary_key: a\n"
            + "changes: {puts: c}",
        "source: S\nowner: o\ncolumns: {a: int64}\nevent_time: a",
        "source: s\ncolumns: {a: int64}\nevent_time: a",
        "sourc: s\nowner: o\ncolumns: {a: int64}\nevent_time: a",
        "transform: t\nowner: o",
        "transform: t\nowner: o\nsql: SELECT a FROM s\nfile: x.sql",
        "entity: e\nowner: o",
        "entity: e\nowner: o\nkeys: {}",
        "source: s\nowner: o\ncolumns: {}\nevent_time: a",
        "entity: e\nowner: o\nkeys: {a: text}",
        "feature_view: v\nowner: o\nentity: e\nsource: s\nfeatures: []",
        "feature_view: v\nowner: o\nentity: e\nsource: s\nfeature: [count() as n over 1h]",
        "feature_service: v\nowner: o",
        "on_demand_view: v\nowner: o\nrequest: [a]\nfeatures: [a as b]",
        "dataset: d\nowner: o\nspine: s\nfeatures: f\nlabel: {name: l, from: s, value: x}"
            + "\nsplits: {}",
        "dataset: d\n"
            + "owner: o\n"
            + "spine: s\n"
            + "features: f\n"
            + "splits: {a: {from: 2001-01-01, to: 2001-02-01}}\n"
            + "label: {name: l, from: s, valu: x}",
        "dataset: d\nowner: o\nspine: s\nfeatures: f\nlabel: {name: l, from: s, value: x}"
            + "\nsplits: {a: {from: January, to: 2001-02-01}}",
        "dataset: d\nowner: o\nspine: s\nfeatures: f\nlabel: {name: l, from: s, value: x}"
            + "\nmode: as_hapened\nsplits: {a: {from: 2001-01-01, to: 2001-02-01}}",
        "model: m\nowner: o\ndataset: d",
        "model: m\nowner: o\ndataset: d\ntrainer: xgboost\ncommand: python x.py",
        "model: m\nowner: o\ndataset: d\ntrainer: xgboost\nearly_stopping: {splt: x}",
        "model: m\nowner: o\ndataset: d\ntrainer: xgboost\npromotion: {metric: auc, confidence: 2}",
        "monitor: m\nowner: o",
        "monitor: m\nowner: o\nof: m2\nwarn: much",
        "project: x\nenvironments: {local: {lok: 1}}",
        "project: x\nenvironments: {local: {flush: {rows: 0}}}",
        "project: x\nenvironments: {local: {flush: {seconds: 1m}}}",
        "project: x\nenviroments: {}",
        "[1, 2]",
        "nothing: here"
      })
  void what_the_schema_refuses_the_loader_refuses_too(String document) throws IOException {
    assertThat(problems(document)).isNotEmpty();
    boolean project = document.startsWith("project");
    TestProject files =
        TestProject.in(folder).file("data/x.csv", "a\n1\n").file("x.sql", "SELECT a FROM s");
    files.file(project ? "penstock.yaml" : "more.yaml", document + "\n");
    assertThat(files.errors()).isNotEmpty();
  }

  private void assertValid(Path project) throws IOException {
    List<String> wrong = new ArrayList<>();
    int documents = 0;
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        YamlFile parsed = YamlFile.parse(file.toString(), Files.readString(file), new Problems());
        for (Node node : parsed.documents()) {
          documents++;
          problems(parsed.source(node)).forEach(problem -> wrong.add(file + ": " + problem));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(documents).isGreaterThan(8);
  }

  private static Set<String> problems(String document) throws IOException {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(document);
    JsonNode node = JSON.valueToTree(loaded);
    JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(text());
    return schema.validate(node).stream()
        .map(ValidationMessage::getMessage)
        .collect(Collectors.toSet());
  }

  private static String text() throws IOException {
    try (var in =
        JsonSchemaTest.class.getResourceAsStream(
            "/dev/penstock/platform/definition/penstock.schema.json")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
