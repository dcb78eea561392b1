package dev.penstock.model;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.training.FeatureSchema;
import dev.penstock.training.ModelInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Trains with a program of the user's own. It is started with the dataset's folder and the path of
 * the model to write as its last two arguments, and with the same in {@code PENSTOCK_DATASET} and
 * {@code PENSTOCK_MODEL}; {@code PENSTOCK_FEATURES} and {@code PENSTOCK_SPLITS} have the names of
 * the model's inputs in order and of the splits to learn from, with commas between; each parameter
 * is in {@code PENSTOCK_PARAMETER_NAME}, its name in capitals. It has done its work when it ends
 * with 0 and an ONNX file lies at that path, see {@link OnnxScorer} for the graph.
 */
public final class CommandTrainer implements Trainer {
  private final List<String> command;
  private final SortedMap<String, String> parameters;
  private final FeatureSchema features;
  private final List<String> splits;
  private final Path workFolder;
  private final Duration limit;

  /**
   * Describes a trainer.
   *
   * @param command the program and its first arguments; it is run as it is, without a shell
   * @param parameters given to it, and recorded
   * @param features the inputs the model will take, as they stand in the dataset; a program has no
   *     dictionaries, so none is a string
   * @param splits what to learn from
   * @param workFolder where it runs, and relative paths start
   * @param limit how long it may take
   */
  public CommandTrainer(
      List<String> command,
      Map<String, String> parameters,
      FeatureSchema features,
      List<String> splits,
      Path workFolder,
      Duration limit) {
    if (command.isEmpty()) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE, "the trainer's command is empty", "name a program");
    }
    for (ModelInput feature : features.columns()) {
      if (feature.type().equals(Scalar.STRING)) {
        throw new PenstockException(
            ErrorCode.TYPE_MISMATCH,
            "a program's model takes numbers, and '" + feature.name() + "' is a string",
            "leave it out of the model's features, or encode it in an on-demand view");
      }
    }
    this.command = List.copyOf(command);
    this.splits = List.copyOf(splits);
    this.parameters = new TreeMap<>(parameters);
    this.features = features;
    this.workFolder = workFolder;
    this.limit = limit;
  }

  @Override
  public TrainedModel train(TrainingInput input, TrainingProgress progress) {
    try {
      Path output = Files.createTempDirectory("penstock-model");
      Path model = output.resolve(ModelFormat.ONNX.file());
      try {
        run(input.folder(), model, output.resolve("output.txt"));
        return new TrainedModel(
            ModelFormat.ONNX,
            Files.readAllBytes(model),
            features,
            0,
            new TreeMap<>(),
            recorded(),
            new TreeMap<>());
      } finally {
        Files.deleteIfExists(model);
        Files.deleteIfExists(output.resolve("output.txt"));
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO,
          null,
          "the trainer " + command + " could not run: " + e.getMessage(),
          "",
          e);
    }
  }

  private void run(Path dataset, Path model, Path captured) throws IOException {
    List<String> line = new ArrayList<>(command);
    line.add(dataset.toAbsolutePath().toString());
    line.add(model.toAbsolutePath().toString());
    Map<String, String> environment = new TreeMap<>();
    environment.put("PENSTOCK_DATASET", dataset.toAbsolutePath().toString());
    environment.put("PENSTOCK_MODEL", model.toAbsolutePath().toString());
    environment.put("PENSTOCK_FEATURES", String.join(",", features.names()));
    environment.put("PENSTOCK_SPLITS", String.join(",", splits));
    parameters.forEach(
        (name, value) ->
            environment.put("PENSTOCK_PARAMETER_" + name.toUpperCase(Locale.ROOT), value));
    Program.Ended ended = Program.run(line, environment, workFolder, captured, limit);
    if (ended.timedOut()) {
      throw failed("was stopped after " + limit.toSeconds() + " s", ended.lastLines());
    } else if (ended.exitCode() != 0) {
      throw failed("ended with " + ended.exitCode(), ended.lastLines());
    } else if (!Files.isRegularFile(model) || Files.size(model) == 0) {
      throw failed("ended well but left no model at the path it was given", ended.lastLines());
    }
  }

  private PenstockException failed(String what, String lastLines) {
    return new PenstockException(
        ErrorCode.EVALUATION_FAILED,
        "the trainer " + command + " " + what,
        lastLines.isEmpty() ? "it wrote nothing" : "it last wrote:\n" + lastLines);
  }

  private SortedMap<String, String> recorded() {
    SortedMap<String, String> recorded = new TreeMap<>(parameters);
    recorded.put("command", String.join(" ", command));
    return recorded;
  }
}
