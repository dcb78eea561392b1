package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Query;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "sql", description = "Ask the lake in SQL.")
final class SqlCommand implements ProjectCommand {
  @Parameters(paramLabel = "QUERY", description = "One SELECT.")
  private String query = "";

  @Option(
      names = "--as-of",
      paramLabel = "SNAPSHOT|TAG|TIME",
      description = "Read the tables as they were.")
  private @Nullable String asOf;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Print at most so many rows. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--out", paramLabel = "FILE", description = "Write all rows to a Parquet file.")
  private @Nullable Path out;

  @Override
  public Answer run(Operations project, Call call) {
    return project.sql(new Query(query, asOf, limit, out == null ? null : call.path(out)));
  }
}
