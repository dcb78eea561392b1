package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "check", description = "Check definitions, contracts and data.")
final class CheckCommand implements ProjectCommand {
  @Option(names = "--select", paramLabel = "NAME", split = ",", description = "Only these.")
  private List<String> selected = new ArrayList<>();

  @Override
  public Answer run(Operations project, Call call) {
    return project.check(selected, call.progress());
  }
}
