package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.KeptFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "files",
    description = "The files that sources of files keep.",
    subcommands = FilesCommand.Write.class)
final class FilesCommand {
  @Command(name = "get", description = "Write a kept file.")
  static final class Write implements ProjectCommand {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "The source that has it.")
    private String source = "";

    @Parameters(
        index = "1",
        paramLabel = "PATH|SHA256",
        description = "Its path, of which the newest content is meant, or its content.")
    private String file = "";

    @Option(
        names = "--as-of",
        paramLabel = "VERSION|SNAPSHOT|TAG|BRANCH|TIME",
        description = "As the source was then.")
    private @Nullable String asOf;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "Where to write it.")
    private Path out = Path.of("");

    @Override
    public Answer run(Operations project, Call call) {
      return project.file(new KeptFile(source, file, asOf, call.path(out)));
    }
  }
}
