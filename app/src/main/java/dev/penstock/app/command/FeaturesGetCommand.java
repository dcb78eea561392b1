package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.History;
import dev.penstock.platform.command.Operations.Lookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "get",
    description = {
      "Features of one entity now, or of each row of a spine file at the row's moment.",
      "  penstock features get --service NAME --key airport=JFK",
      "  penstock features get --service NAME --spine FILE --at COLUMN --out FILE",
      "  penstock features get --features VIEW:FEATURE --key airport=JFK --at TIME --explain"
    })
final class FeaturesGetCommand implements ProjectCommand {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--service", paramLabel = "NAME", description = "All features of a service.")
  private @Nullable String service;

  @Option(
      names = "--features",
      paramLabel = "VIEW:FEATURE",
      split = ",",
      description = "These features.")
  private List<String> references = new ArrayList<>();

  @Option(
      names = "--key",
      paramLabel = "NAME=VALUE",
      description = "A key or request field; with --spine, the column that holds it.")
  private List<Assignment> keys = new ArrayList<>();

  @Option(
      names = "--spine",
      paramLabel = "FILE",
      description = "Rows to answer. They stay as they are; feature columns come after them.")
  private @Nullable Path spine;

  @Option(
      names = "--at",
      paramLabel = "COLUMN|TIME",
      description = "The spine's column with each row's moment; without a spine, a moment.")
  private @Nullable String at;

  @Option(
      names = "--mode",
      defaultValue = "as_seen",
      description =
          "as_seen: rows known before the moment. as_happened: all rows that had happened"
              + " by then. Default: ${DEFAULT-VALUE}.")
  private History.Visible mode = History.Visible.AS_SEEN;

  @Option(
      names = "--as-of",
      paramLabel = "VERSION|SNAPSHOT|TAG|BRANCH|TIME",
      description = "With --spine: from the tables as they were.")
  private @Nullable String asOf;

  @Option(names = "--out", paramLabel = "FILE", description = "The Parquet file to write.")
  private @Nullable Path out;

  @Option(names = "--explain", description = "Show the rows behind the values.")
  private boolean explain;

  @Override
  public Answer run(Operations project, Call call) {
    FeatureSelection selection = Written.selection(service, references);
    if (service != null && !references.isEmpty()) {
      throw usage("--service and --features exclude each other");
    }
    if (spine == null) {
      if (keys.isEmpty()) {
        throw usage("one of --spine FILE and --key NAME=VALUE is missing");
      }
      if (asOf != null) {
        throw usage("--as-of wants --spine FILE");
      }
      Lookup lookup = new Lookup(selection, keys, moment());
      return explain ? project.explain(lookup) : project.online(lookup);
    }
    if (at == null || out == null) {
      throw usage("a spine needs --at COLUMN and --out FILE");
    }
    if (selection == null) {
      throw usage("one of --service NAME and --features VIEW:FEATURE is missing");
    }
    if (explain) {
      throw usage("--explain wants --key NAME=VALUE and --at TIME, no spine");
    }
    return project.history(
        new History(call.path(spine), at, selection, keys, mode, asOf, call.path(out)),
        call.progress());
  }

  private @Nullable Long moment() {
    try {
      return at == null ? null : Moment.parse(at).micros();
    } catch (TypeConversionException e) {
      throw usage("--at: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    if (spec == null) {
      throw new IllegalStateException("not parsed");
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
