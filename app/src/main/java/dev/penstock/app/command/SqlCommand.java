package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Operations.Query.Format;
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
      names = {"--at", "--as-of"},
      paramLabel = "VERSION|SNAPSHOT|TAG|BRANCH|TIME",
      description = "Read the tables as they were.")
  private @Nullable String at;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Print at most so many rows. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--format",
      paramLabel = "table|csv|json|parquet",
      description = "Default: a table, or what the name of FILE ends with.")
  private @Nullable Format format;

  @Option(names = "--out", paramLabel = "FILE", description = "Write all rows to a file.")
  private @Nullable Path out;

  @Override
  public Answer run(Operations project, Call call) {
    return project.sql(new Query(query, at, limit, format(), out == null ? null : call.path(out)));
  }

  private Format format() {
    if (format != null) {
      return format;
    }
    if (out == null) {
      return Format.TABLE;
    }
    String name = out.toString();
    return name.endsWith(".csv")
        ? Format.CSV
        : name.endsWith(".json") || name.endsWith(".ndjson") ? Format.JSON : Format.PARQUET;
  }
}
