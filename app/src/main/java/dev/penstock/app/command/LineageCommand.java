package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "lineage", description = "Trace something back to the sources it came from.")
final class LineageCommand implements ProjectCommand {
  @Parameters(
      paramLabel = "NAME",
      description = "A definition, a version (NAME@VERSION) or a prediction's id.")
  private String artifact = "";

  @Override
  public Answer run(Operations project, Call call) {
    return project.lineage(artifact);
  }
}
