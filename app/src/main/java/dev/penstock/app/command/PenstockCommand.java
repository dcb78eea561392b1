package dev.penstock.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The root of all commands. */
@Command(
    name = "penstock",
    mixinStandardHelpOptions = true,
    scope = picocli.CommandLine.ScopeType.INHERIT,
    versionProvider = Version.class,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "A data platform for machine learning: from raw data to a model in production,"
            + " and back.",
    footer = {
      "",
      "Exit codes: 0 done, 1 the work failed (a check, a gate), 2 wrong usage or definitions, 3"
          + " conflict, try again.",
      "penstock COMMAND --help says more about each."
    },
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      PlanCommand.class,
      ApplyCommand.class,
      IngestCommand.class,
      RunCommand.class,
      FeaturesCommand.class,
      DatasetCommand.class,
      ModelCommand.class,
      CatalogCommand.class,
      ServeCommand.class,
      ReplayCommand.class,
      ParityCommand.class,
      FeedbackCommand.class,
      ReportCommand.class,
      LineageCommand.class,
      SqlCommand.class,
      FilesCommand.class,
      VersionCommand.class,
      PublishCommand.class,
      GcCommand.class,
      StatusCommand.class,
      QuarantineCommand.class,
      AuditCommand.class,
      CheckCommand.class,
      WarmUpCommand.class
    })
public final class PenstockCommand {
  @Mixin private final GlobalOptions global = new GlobalOptions();

  public GlobalOptions global() {
    return global;
  }
}
