package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "dataset",
    description = "Training data, correct at each row's moment.",
    subcommands = {DatasetCommand.Build.class, DatasetCommand.Show.class})
final class DatasetCommand {
  @Command(name = "build", description = "Build a dataset: a new version if anything changed.")
  static final class Build implements ProjectCommand {
    @Parameters(paramLabel = "DATASET", description = "Its name.")
    private String dataset = "";

    @Option(
        names = "--split",
        paramLabel = "NAME",
        description = "Only this split. Default: all whose time has come.")
    private @Nullable String split;

    @Option(
        names = "--as-of",
        paramLabel = "VERSION|SNAPSHOT|TAG|BRANCH|TIME",
        description = "Build it from the tables as they were.")
    private @Nullable String asOf;

    @Override
    public Answer run(Operations project, Call call) {
      return project.buildDataset(new Operations.Build(dataset, split, asOf), call.progress());
    }
  }

  @Command(name = "show", description = "Show a dataset's splits, labels and leakage.")
  static final class Show implements ProjectCommand {
    @Parameters(paramLabel = "DATASET", description = "Its name, or NAME@VERSION.")
    private String dataset = "";

    @Override
    public Answer run(Operations project, Call call) {
      return project.showDataset(dataset);
    }
  }
}
