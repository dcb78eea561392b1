package dev.penstock.app.command;

import dev.penstock.app.demo.Demo;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "demo",
    description = "Play an example from raw data to a model in production, and back.")
final class DemoCommand implements LocalCommand {
  /** Set by the launcher: where Penstock itself lies. */
  private static final String HOME = "penstock.home";

  @Parameters(
      arity = "0..1",
      paramLabel = "EXAMPLE",
      defaultValue = "flights",
      description = "Default: ${DEFAULT-VALUE}.")
  private String example = "flights";

  @Option(names = "--serve", description = "Leave the server and its page running at the end.")
  private boolean serve;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Where to play it; an earlier play there is replaced. Default:"
              + " penstock-demo/EXAMPLE.")
  private @Nullable Path folder;

  @Override
  public int run(Invocation invocation, boolean json) {
    String home = System.getProperty(HOME);
    if (home == null) {
      throw new PenstockException(
          ErrorCode.USAGE, "the examples cannot be found", "start Penstock with ./penstock");
    }
    Path target = folder == null ? Path.of("penstock-demo", example) : folder;
    return Demo.play(
        Path.of(home, "examples", example),
        invocation.folder().resolve(target).normalize(),
        serve,
        invocation);
  }
}
