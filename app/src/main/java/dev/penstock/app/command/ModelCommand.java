package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Promote;
import dev.penstock.platform.command.Operations.Train;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "model",
    description = "Models: train, compare, promote.",
    subcommands = {
      ModelCommand.TrainModel.class,
      ModelCommand.ListModels.class,
      ModelCommand.PromoteModel.class,
      ModelCommand.Rollback.class
    })
final class ModelCommand {
  @Command(name = "train", description = "Train a model and register the version.")
  static final class TrainModel implements ProjectCommand {
    @Parameters(paramLabel = "MODEL", description = "Its name.")
    private String model = "";

    @Option(
        names = "--dataset",
        paramLabel = "NAME@VERSION",
        description = "Default: the newest version of the model's dataset.")
    private @Nullable String dataset;

    @Option(
        names = "--splits",
        paramLabel = "SPLIT",
        split = ",",
        description = "Train on these splits instead of the definition's.")
    private List<String> splits = new ArrayList<>();

    @Override
    public Answer run(Operations project, Call call) {
      return project.trainModel(new Train(model, dataset, splits), call.progress());
    }
  }

  @Command(name = "list", description = "List versions, their metrics and the champion.")
  static final class ListModels implements ProjectCommand {
    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Only of this model.")
    private @Nullable String model;

    @Override
    public Answer run(Operations project, Call call) {
      return project.listModels(model);
    }
  }

  @Command(
      name = "promote",
      description = "Make a version the champion, if it is better by the model's promotion rule.")
  static final class PromoteModel implements ProjectCommand {
    @Parameters(index = "0", paramLabel = "MODEL", description = "Its name.")
    private String model = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "VERSION",
        description = "Default: the newest.")
    private @Nullable String version;

    @Option(
        names = "--split",
        paramLabel = "SPLIT",
        description = "Compare on these rows instead of the definition's.")
    private @Nullable String split;

    @Override
    public Answer run(Operations project, Call call) {
      return project.promoteModel(new Promote(model, version, split), call.progress());
    }
  }

  @Command(name = "rollback", description = "Make the champion before this one champion again.")
  static final class Rollback implements ProjectCommand {
    @Parameters(paramLabel = "MODEL", description = "Its name.")
    private String model = "";

    @Override
    public Answer run(Operations project, Call call) {
      return project.rollbackModel(model);
    }
  }
}
