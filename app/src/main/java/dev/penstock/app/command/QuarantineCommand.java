package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "quarantine",
    description = "Rows that were not accepted; alone, it lists the newest.",
    subcommands = QuarantineCommand.ListRows.class)
final class QuarantineCommand implements ProjectCommand {
  private static final int USUAL_LIMIT = 100;

  @Override
  public Answer run(Operations project, Call call) {
    return project.quarantine(null, USUAL_LIMIT);
  }

  @Command(name = "list", description = "List the newest, with the reason for each.")
  static final class ListRows implements ProjectCommand {
    @Parameters(arity = "0..1", paramLabel = "SOURCE", description = "Only of this source.")
    private @Nullable String source;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "" + USUAL_LIMIT,
        description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit = USUAL_LIMIT;

    @Override
    public Answer run(Operations project, Call call) {
      return project.quarantine(source, limit);
    }
  }
}
