package dev.penstock.app.command;

import dev.penstock.app.owner.HeldProject;
import dev.penstock.app.owner.ProjectLock;
import dev.penstock.app.print.AnswerJson;
import dev.penstock.app.server.Commands;
import dev.penstock.app.server.PenstockServer;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description = {
      "Serve the project over HTTP on this machine, until it is interrupted.",
      "Meanwhile every other command on the project works through the server."
    })
final class ServeCommand implements OwnerCommand {
  static final int USUAL_PORT = 7310;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "127.0.0.1",
      description = "A loopback name. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "0 for any that is free. Default: " + USUAL_PORT + ", or any if that is taken.")
  private @Nullable Integer port;

  @Option(
      names = "--clock",
      paramLabel = "MODE",
      defaultValue = "wall",
      description = "wall, or replay: time comes with each request. Default: ${DEFAULT-VALUE}.")
  private ClockMode clock = ClockMode.WALL;

  @Override
  public int run(Operations project, ProjectLock lock, Call call) {
    Workspace workspace = call.workspace();
    Invocation invocation = call.invocation();
    HeldProject held = new HeldProject(workspace, project, lock, invocation.projects().opener());
    Commands commands =
        (command, out, err) ->
            invocation
                .shell()
                .run(
                    new Invocation(
                        command.folder(),
                        out,
                        err,
                        command.screen(),
                        invocation.variables(),
                        invocation.clock(),
                        held,
                        invocation.shell()),
                    command.arguments());
    PenstockServer.Served served =
        new PenstockServer.Served(
            project,
            project.serving(clock),
            lock.owner().token(),
            commands,
            workspace.state().resolve("cache"));
    try (PenstockServer server = start(served)) {
      lock.publish(server.address());
      announce(call, server.address());
      waitForInterrupt();
    }
    return 0;
  }

  /** A port that was asked for has to be free; of the usual one nobody said that it matters. */
  private PenstockServer start(PenstockServer.Served served) {
    if (port != null) {
      return PenstockServer.start(host, port, served);
    }
    try {
      return PenstockServer.start(host, USUAL_PORT, served);
    } catch (PenstockException e) {
      if (e.code() != ErrorCode.CONFLICT_RETRY) {
        throw e;
      }
      return PenstockServer.start(host, 0, served);
    }
  }

  /** The interrupt ends here: what follows, closing everything, must not be cut short by it. */
  private static void waitForInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      assert !Thread.currentThread().isInterrupted();
    }
  }

  private static void announce(Call call, String address) {
    if (call.json()) {
      AnswerJson.print(
          Answer.builder().facts("server").fact("address", address).end().build(),
          call.invocation().out());
    } else {
      call.invocation().out().println("Serving at " + address + " (Ctrl-C ends it)");
      call.invocation().out().flush();
    }
  }
}
