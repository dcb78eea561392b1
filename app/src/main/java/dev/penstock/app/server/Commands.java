package dev.penstock.app.server;

import dev.penstock.app.owner.ForwardedCommand;
import java.io.PrintWriter;

/** Runs commands that other processes send to the owner of the project. */
public interface Commands {
  /** Gives the exit code. */
  int run(ForwardedCommand command, PrintWriter out, PrintWriter err);
}
