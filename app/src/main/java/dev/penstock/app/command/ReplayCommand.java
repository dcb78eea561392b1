package dev.penstock.app.command;

import dev.penstock.app.replay.Replay;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.SourceFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "replay",
    description = {
      "Push the rows of files to the server as they became known, and ask on the way.",
      "The server runs with --clock replay; everything goes over HTTP. What was cut short goes on"
          + " where it was."
    })
final class ReplayCommand implements ProjectCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE=FILE",
      description = "Files and the sources they belong to.")
  private List<Assignment> files = new ArrayList<>();

  @Option(names = "--model", paramLabel = "NAME", description = "The model to ask.")
  private @Nullable String model;

  @Option(
      names = "--ask",
      paramLabel = "SOURCE",
      description = "Ask about rows of this source, each just before it is pushed.")
  private @Nullable String asked;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Ask about so many rows at least. Default: ${DEFAULT-VALUE}.")
  private int sample;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Draws the sample. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Answer run(Operations project, Call call) {
    String server = call.invocation().projects().server();
    if (server == null) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "no server has this project open",
          "start one with penstock serve --clock replay");
    }
    if ((model == null) != (asked == null)) {
      throw new PenstockException(ErrorCode.USAGE, "--model and --ask go together", "");
    }
    Map<String, List<Path>> bySource = new LinkedHashMap<>();
    for (Assignment file : files) {
      bySource
          .computeIfAbsent(file.name(), name -> new ArrayList<>())
          .add(call.path(Path.of(file.value())));
    }
    List<SourceFiles> sources =
        bySource.entrySet().stream()
            .map(source -> new SourceFiles(source.getKey(), source.getValue()))
            .toList();
    Replay.Questions questions =
        model == null || asked == null ? null : new Replay.Questions(model, asked, sample, seed);
    Path noted = call.workspace().state().resolve("cache");
    return new Replay(server, noted, questions, call.progress())
        .run(() -> project.replay(sources, call.progress()));
  }
}
