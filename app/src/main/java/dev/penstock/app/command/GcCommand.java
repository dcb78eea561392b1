package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Gc;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "gc",
    description = {
      "Keep the lake small: write small files together, forget old snapshots, delete files that",
      "nothing needs. What a version, a tag, a branch or a dataset names stays."
    })
final class GcCommand implements ProjectCommand {
  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description =
          "Forget states that were replaced so long ago: 90m, 12h, 7d. Default: what the"
              + " environment says (maintenance.snapshot_hours), or 6h.")
  private @Nullable Age olderThan;

  @Override
  public Answer run(Operations project, Call call) {
    return project.gc(
        new Gc(
            dryRun ? Gc.Intent.DRY_RUN : Gc.Intent.RUN,
            olderThan == null ? null : olderThan.duration()),
        call.progress());
  }
}
