package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Parity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "parity",
    description = "Replay what was served and compare it to the bit; exit 1 if anything differs.")
final class ParityCommand implements ProjectCommand {
  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "0",
      description = "At most so many answers. Default: all.")
  private int sample;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Draws the sample. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Answer run(Operations project, Call call) {
    return project.parity(new Parity(sample, seed), call.progress());
  }
}
