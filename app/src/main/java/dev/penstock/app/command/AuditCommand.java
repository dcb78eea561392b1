package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "audit", description = "Who did and decided what, and on what evidence.")
final class AuditCommand implements ProjectCommand {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "The newest so many entries. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public Answer run(Operations project, Call call) {
    return project.audit(limit);
  }
}
