package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Show what there is and how far it has come.")
final class StatusCommand implements ProjectCommand {
  @Override
  public Answer run(Operations project, Call call) {
    return project.status();
  }
}
