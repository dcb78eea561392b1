package dev.penstock.platform.model;

import dev.penstock.model.CommandTrainer;
import dev.penstock.model.Evaluation;
import dev.penstock.model.Scorer;
import dev.penstock.model.TrainedModel;
import dev.penstock.model.Trainer;
import dev.penstock.model.TrainingInput;
import dev.penstock.model.TrainingProgress;
import dev.penstock.model.XgboostParameters;
import dev.penstock.model.XgboostTrainer;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.definition.ModelDefinition;
import dev.penstock.training.Examples;
import dev.penstock.training.FeatureSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains one model on splits of a built dataset, and measures it on the others. */
public final class ModelTraining {
  /** How long a trainer that is a command may run. */
  private static final Duration COMMAND_LIMIT = Duration.ofHours(6);

  private final CompiledModel model;
  private final ModelDefinition definition;
  private final DatasetFolder dataset;
  private final Path workFolder;

  /**
   * Of one model.
   *
   * @param workFolder where a trainer that is a command runs
   */
  public ModelTraining(CompiledModel model, DatasetFolder dataset, Path workFolder) {
    this.workFolder = workFolder;
    this.model = model;
    this.definition = model.definition();
    this.dataset = dataset;
  }

  /** A model, the splits it learned from, and how it did on each split of the dataset. */
  public record Result(
      TrainedModel model, List<String> trainedOn, Map<String, Evaluation> evaluations) {}

  /**
   * Trains.
   *
   * @param splits what to learn from; the definition's when empty. A split that decides when to
   *     stop is not learned from: name it here, and training runs its full number of rounds
   * @param rounds how many rounds; the definition's when null
   */
  public Result train(List<String> splits, @Nullable Integer rounds, TrainingProgress progress) {
    List<String> learned = splits.isEmpty() ? List.of(definition.trainSplit()) : splits;
    List<String> features = model.features();
    ModelDefinition.EarlyStopping stopping = definition.earlyStopping();
    String stoppingSplit =
        stopping == null || learned.contains(stopping.split().text())
            ? null
            : stopping.split().text();
    TrainingInput input =
        new TrainingInput() {
          @Override
          public Examples training() {
            return dataset.learn(learned, features);
          }

          @Override
          public @Nullable Examples stopping(FeatureSchema learnt) {
            return stoppingSplit == null ? null : dataset.encode(stoppingSplit, learnt);
          }

          @Override
          public Path folder() {
            return dataset.folder();
          }
        };
    TrainedModel trained = trainer(learned, stoppingSplit != null, rounds).train(input, progress);
    Scorer scorer = Scorer.of(trained);
    Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    dataset
        .manifest()
        .splits()
        .forEach(
            summary -> {
              Examples examples = dataset.encode(summary.split().name(), trained.features());
              evaluations.put(
                  summary.split().name(),
                  Evaluation.of(scorer.score(examples.features()), examples.labels()));
            });
    return new Result(trained, learned, evaluations);
  }

  private Trainer trainer(List<String> learned, boolean stops, @Nullable Integer rounds) {
    Map<String, String> parameters = new LinkedHashMap<>();
    definition.parameters().forEach((name, value) -> parameters.put(name, value.text()));
    if (rounds != null) {
      parameters.put("rounds", Integer.toString(rounds));
    }
    ModelDefinition.EarlyStopping stopping = definition.earlyStopping();
    if (definition.trainer() instanceof ModelDefinition.Trainer.Command command) {
      return new CommandTrainer(
          List.of(command.command().text().split(" +", -1)),
          parameters,
          FeatureSchema.of(dataset.schema(), model.features()),
          learned,
          workFolder,
          COMMAND_LIMIT);
    }
    return new XgboostTrainer(
        XgboostParameters.of(parameters, stops && stopping != null ? stopping.rounds() : 0));
  }
}
