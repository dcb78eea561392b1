package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "run", description = "Bring everything up to date; do only what is needed.")
final class RunCommand implements ProjectCommand {
  @Option(
      names = "--select",
      paramLabel = "NAME",
      split = ",",
      description = "Only these definitions and what they build on.")
  private List<String> selected = new ArrayList<>();

  @Override
  public Answer run(Operations project, Call call) {
    return project.run(selected, call.progress());
  }
}
