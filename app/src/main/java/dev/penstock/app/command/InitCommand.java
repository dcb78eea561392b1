package dev.penstock.app.command;

import dev.penstock.app.print.AnswerJson;
import dev.penstock.app.print.AnswerText;
import dev.penstock.platform.command.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "init", description = "Make a new project, with a draft of a source for each file.")
final class InitCommand implements LocalCommand {
  @Parameters(paramLabel = "DIR", description = "The folder to make.")
  private Path folder = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Data to draft sources from: Parquet, CSV or NDJSON.")
  private List<Path> samples = new ArrayList<>();

  @Override
  public int run(Invocation invocation, boolean json) {
    Path here = invocation.folder();
    Answer answer =
        invocation
            .projects()
            .opener()
            .init(
                here.resolve(folder).normalize(),
                samples.stream().map(sample -> here.resolve(sample).normalize()).toList());
    if (json) {
      AnswerJson.print(answer, invocation.out());
    } else {
      AnswerText.print(answer, invocation.out());
    }
    return 0;
  }
}
