package dev.penstock.app.command;

/** A command that needs no project. */
public interface LocalCommand {
  /** Gives the exit code. */
  int run(Invocation invocation, boolean json);
}
