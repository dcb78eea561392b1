package dev.penstock.model;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Type;
import dev.penstock.training.FeatureSchema;
import dev.penstock.training.ModelInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A model on disk: {@code model.json} describes it, a second file holds its bytes. */
final class ModelFolder {
  /** The version of the stored form. */
  static final int FORMAT = 1;

  private static final String DESCRIPTION = "model.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ModelFolder() {}

  static void write(TrainedModel model, Path folder) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    try {
      Files.createDirectories(folder);
      writeSynced(folder.resolve(model.format().file()), model.bytes());
      String json = MAPPER.writer(printer).writeValueAsString(description(model)) + "\n";
      writeSynced(folder.resolve(DESCRIPTION), json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, null, "a model could not be written to " + folder, "", e);
    }
  }

  static TrainedModel read(Path folder) {
    try {
      JsonNode root =
          MAPPER.readTree(Files.readString(folder.resolve(DESCRIPTION), StandardCharsets.UTF_8));
      if (root.path("format").asInt(-1) != FORMAT) {
        throw new PenstockException(
            ErrorCode.STATE_VERSION,
            "the model in " + folder + " has format " + root.path("format"),
            "this program reads format " + FORMAT);
      }
      ModelFormat format = ModelFormat.valueOf(root.path("kind").asText());
      byte[] bytes = Files.readAllBytes(folder.resolve(format.file()));
      if (!sha256(bytes).equals(root.path("sha256").asText())) {
        throw corrupt(folder, format.file() + " is not the file that was written", null);
      }
      return new TrainedModel(
          format,
          bytes,
          features(root.path("features")),
          root.path("rounds").asInt(),
          numbers(root.path("metrics")),
          parameters(root.path("parameters")),
          numbers(root.path("importance")));
    } catch (NoSuchFileException e) {
      throw new PenstockException(
          ErrorCode.FILE_NOT_FOUND, null, "there is no model in " + folder, "train it again", e);
    } catch (IOException | IllegalArgumentException e) {
      throw corrupt(folder, String.valueOf(e.getMessage()), e);
    }
  }

  /** Writes a file so that it survives a crash of the machine once this returns. */
  private static void writeSynced(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static ObjectNode description(TrainedModel model) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("kind", model.format().name());
    root.put("sha256", model.digest());
    root.put("rounds", model.rounds());
    ObjectNode metrics = root.putObject("metrics");
    model.metrics().forEach(metrics::put);
    ObjectNode parameters = root.putObject("parameters");
    model.parameters().forEach(parameters::put);
    ObjectNode importance = root.putObject("importance");
    model.importance().forEach(importance::put);
    ArrayNode features = root.putArray("features");
    for (ModelInput input : model.features().columns()) {
      ObjectNode feature = features.addObject();
      feature.put("name", input.name()).put("type", input.type().toString());
      if (input.isCategorical()) {
        input.categories().forEach(feature.putArray("categories")::add);
      }
    }
    return root;
  }

  private static FeatureSchema features(JsonNode nodes) {
    List<ModelInput> inputs = new ArrayList<>();
    for (JsonNode node : nodes) {
      List<String> categories = new ArrayList<>();
      node.path("categories").forEach(category -> categories.add(category.asText()));
      inputs.add(
          new ModelInput(
              node.path("name").asText(), Type.parse(node.path("type").asText()), categories));
    }
    return new FeatureSchema(inputs);
  }

  private static SortedMap<String, Double> numbers(JsonNode node) {
    SortedMap<String, Double> numbers = new TreeMap<>();
    node.properties().forEach(entry -> numbers.put(entry.getKey(), entry.getValue().asDouble()));
    return numbers;
  }

  private static SortedMap<String, String> parameters(JsonNode node) {
    SortedMap<String, String> parameters = new TreeMap<>();
    node.properties().forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
    return parameters;
  }

  private static PenstockException corrupt(Path folder, String what, @Nullable Throwable cause) {
    return new PenstockException(
        ErrorCode.FILE_CORRUPT,
        null,
        "the model in " + folder + ": " + what,
        "train it again",
        cause);
  }
}
