package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import picocli.CommandLine.Command;

@Command(
    name = "plan",
    description = "Show what is new, changed or stale, and why; change nothing.")
final class PlanCommand implements ProjectCommand {
  @Override
  public Answer run(Operations project, Call call) {
    return project.plan();
  }
}
