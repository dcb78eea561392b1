package dev.penstock.platform.model;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.model.CommandTrainer;
import dev.penstock.model.Evaluation;
import dev.penstock.model.Scorer;
import dev.penstock.model.TrainedModel;
import dev.penstock.model.Trainer;
import dev.penstock.model.TrainingInput;
import dev.penstock.model.TrainingProgress;
import dev.penstock.model.XgboostTrainer;
import dev.penstock.platform.dataset.DatasetBuild;
import dev.penstock.platform.definition.ModelDefinition;
import dev.penstock.training.Examples;
import dev.penstock.training.FeatureSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains one model on splits of a built dataset, and measures it on the others. */
public final class ModelTraining {
  private final ModelDefinition definition;
  private final DatasetFolder dataset;

  public ModelTraining(ModelDefinition definition, DatasetFolder dataset) {
    this.definition = definition;
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
    List<String> features = features();
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
          public @Nullable Examples stopping(FeatureSchema trained) {
            return stoppingSplit == null ? null : dataset.encode(stoppingSplit, trained);
          }

          @Override
          public Path folder() {
            return dataset.folder();
          }
        };
    TrainedModel model = trainer(stoppingSplit != null, rounds).train(input, progress);
    Scorer scorer = Scorer.of(model);
    Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    dataset
        .manifest()
        .splits()
        .forEach(
            summary -> {
              Examples examples = dataset.encode(summary.split().name(), model.features());
              evaluations.put(
                  summary.split().name(),
                  Evaluation.of(scorer.score(examples.features()), examples.labels()));
            });
    return new Result(model, learned, evaluations);
  }

  /** The columns learned from: those the definition names, or all that the service gave. */
  private List<String> features() {
    List<String> given = new ArrayList<>();
    for (String column : dataset.schema().names()) {
      if (column.contains("__")
          && !column.equals(DatasetBuild.ID)
          && !column.equals(dataset.manifest().label())) {
        given.add(column);
      }
    }
    if (definition.features().isEmpty()) {
      return given;
    }
    List<String> named = new ArrayList<>();
    for (var written : definition.features()) {
      if (!given.contains(written.text())) {
        throw new PenstockException(
            ErrorCode.COLUMN_NOT_FOUND,
            written.place(),
            "dataset '" + dataset.manifest().name() + "' has no feature '" + written.text() + "'",
            Suggestion.among(written.text(), given));
      }
      named.add(written.text());
    }
    return named;
  }

  private Trainer trainer(boolean stops, @Nullable Integer rounds) {
    Map<String, String> parameters = new LinkedHashMap<>(definition.parameters());
    if (rounds != null) {
      parameters.put("rounds", Integer.toString(rounds));
    }
    ModelDefinition.EarlyStopping stopping = definition.earlyStopping();
    if (stops && stopping != null) {
      parameters.put("early_stopping_rounds", Integer.toString(stopping.rounds()));
    }
    ModelDefinition.Trainer trainer = definition.trainer();
    if (trainer instanceof ModelDefinition.Trainer.Command command) {
      return new CommandTrainer(command.command().text(), parameters);
    }
    return new XgboostTrainer(parameters);
  }
}
