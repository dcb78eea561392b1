package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import picocli.CommandLine.Command;

@Command(name = "apply", description = "Make the project what its definitions say.")
final class ApplyCommand implements ProjectCommand {
  @Override
  public Answer run(Operations project, Call call) {
    return project.apply(call.progress());
  }
}
