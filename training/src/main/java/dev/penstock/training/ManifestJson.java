package dev.penstock.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.List;

/** The stored form of a {@link DatasetManifest}: keys in a fixed order, two spaces, line feeds. */
final class ManifestJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ManifestJson() {}

  static String write(DatasetManifest manifest) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", DatasetManifest.FORMAT);
    root.put("dataset", manifest.name());
    root.put("version", manifest.version().hex());
    root.put("definition", manifest.definition().hex());
    root.put("mode", manifest.mode());
    ArrayNode inputs = root.putArray("inputs");
    for (DatasetInput input : manifest.inputs()) {
      inputs
          .addObject()
          .put("table", input.table())
          .put("snapshot", input.snapshot())
          .put("positions", input.positions());
    }
    root.put("label", manifest.label());
    ArrayNode columns = root.putArray("columns");
    for (Field field : manifest.columns()) {
      columns
          .addObject()
          .put("name", field.name())
          .put("type", field.type().toString())
          .put("nullable", field.nullable());
    }
    ArrayNode splits = root.putArray("splits");
    for (SplitSummary summary : manifest.splits()) {
      LabelCounts counts = summary.counts();
      splits
          .addObject()
          .put("name", summary.split().name())
          .put("from", summary.split().from())
          .put("to", summary.split().to())
          .put("cut", summary.split().cut())
          .put("rows", counts.rows())
          .put("counted", counts.counted())
          .put("positives", counts.positives())
          .put("label_sum", counts.labelSum())
          .put("immature", counts.immature())
          .put("missing", counts.missing())
          .put("nulls", counts.nulls());
    }
    ArrayNode files = root.putArray("files");
    for (DatasetFile file : manifest.files()) {
      files
          .addObject()
          .put("split", file.split())
          .put("path", file.path())
          .put("rows", file.rows())
          .put("bytes", file.bytes())
          .put("sha256", file.sha256());
    }
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    try {
      return MAPPER.writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values can always be written", e);
    }
  }

  static DatasetManifest read(String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw corrupt("is no JSON: " + e.getOriginalMessage());
    }
    int format = root.path("format").asInt(-1);
    if (format != DatasetManifest.FORMAT) {
      throw new PenstockException(
          ErrorCode.STATE_VERSION,
          "a dataset's manifest has format " + format,
          "this program reads format " + DatasetManifest.FORMAT);
    }
    List<DatasetInput> inputs = new ArrayList<>();
    for (JsonNode input : root.path("inputs")) {
      inputs.add(
          new DatasetInput(
              text(input, "table"), text(input, "snapshot"), text(input, "positions")));
    }
    List<Field> columns = new ArrayList<>();
    for (JsonNode column : root.path("columns")) {
      columns.add(
          new Field(
              text(column, "name"),
              Type.parse(text(column, "type")),
              need(column, "nullable").asBoolean()));
    }
    List<SplitSummary> splits = new ArrayList<>();
    for (JsonNode split : root.path("splits")) {
      splits.add(
          new SplitSummary(
              new Split(
                  text(split, "name"),
                  whole(split, "from"),
                  whole(split, "to"),
                  whole(split, "cut")),
              new LabelCounts(
                  whole(split, "rows"),
                  whole(split, "counted"),
                  whole(split, "positives"),
                  need(split, "label_sum").asDouble(),
                  whole(split, "immature"),
                  whole(split, "missing"),
                  whole(split, "nulls"))));
    }
    List<DatasetFile> files = new ArrayList<>();
    for (JsonNode file : root.path("files")) {
      files.add(
          new DatasetFile(
              text(file, "split"),
              text(file, "path"),
              whole(file, "rows"),
              whole(file, "bytes"),
              text(file, "sha256")));
    }
    DatasetManifest manifest =
        new DatasetManifest(
            text(root, "dataset"),
            new Fingerprint(text(root, "definition")),
            text(root, "mode"),
            inputs,
            columns,
            text(root, "label"),
            splits,
            files);
    if (!manifest.version().hex().equals(text(root, "version"))) {
      throw corrupt("does not have the version that follows from its content");
    }
    return manifest;
  }

  private static String text(JsonNode node, String name) {
    return need(node, name).asText();
  }

  private static long whole(JsonNode node, String name) {
    return need(node, name).asLong();
  }

  private static JsonNode need(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw corrupt("lacks '" + name + "'");
    }
    return value;
  }

  private static PenstockException corrupt(String what) {
    return new PenstockException(
        ErrorCode.FILE_CORRUPT, "a dataset's manifest " + what, "build the dataset again");
  }
}
