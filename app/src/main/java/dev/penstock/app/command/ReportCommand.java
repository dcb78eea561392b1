package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "report", description = "Write report.json and report.html.")
final class ReportCommand implements ProjectCommand {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "report",
      description = "The folder to write to. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("report");

  @Override
  public Answer run(Operations project, Call call) {
    return project.report(call.path(folder), call.progress());
  }
}
