package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "feedback", description = "Join outcomes with predictions: performance and drift.")
final class FeedbackCommand implements ProjectCommand {
  @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Only of this model.")
  private @Nullable String model;

  @Override
  public Answer run(Operations project, Call call) {
    return project.feedback(model, call.progress());
  }
}
