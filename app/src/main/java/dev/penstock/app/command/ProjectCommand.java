package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;

/** A command on an open project. It runs in the process that owns the project. */
public interface ProjectCommand {
  Answer run(Operations project, Call call);
}
