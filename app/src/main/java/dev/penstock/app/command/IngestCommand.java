package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Ingest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ingest",
    description = "Take files into a source: rows that break its contract go to quarantine.")
final class IngestCommand implements ProjectCommand {
  @Parameters(index = "0", paramLabel = "SOURCE", description = "The source they belong to.")
  private String source = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Parquet, CSV or NDJSON; a folder, where the source is one of files.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--history",
      description =
          "The rows are history, from before the project went live; refused when it is live.")
  private boolean history;

  @Override
  public Answer run(Operations project, Call call) {
    return project.ingest(
        new Ingest(
            source,
            files.stream().map(call::path).toList(),
            history ? Ingest.Mode.HISTORY : Ingest.Mode.LIVE),
        call.progress());
  }
}
