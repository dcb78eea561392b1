package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Publish;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "publish",
    description = {
      "Make a table of the lake a Delta table, for engines that read those. Done again, it adds",
      "what the table got since."
    })
final class PublishCommand implements ProjectCommand {
  @Parameters(paramLabel = "TABLE", description = "A table of the lake.")
  private String table = "";

  @Option(
      names = "--delta",
      required = true,
      paramLabel = "FOLDER",
      description = "The Delta table's folder, which nobody else writes to.")
  private Path delta = Path.of("");

  @Override
  public Answer run(Operations project, Call call) {
    return project.publish(new Publish(table, call.path(delta)));
  }
}
