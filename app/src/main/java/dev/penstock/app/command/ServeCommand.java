package dev.penstock.app.command;

import dev.penstock.app.owner.HeldProject;
import dev.penstock.app.owner.ProjectLock;
import dev.penstock.app.print.AnswerJson;
import dev.penstock.app.server.Commands;
import dev.penstock.app.server.PenstockServer;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
import java.util.concurrent.CountDownLatch;
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
      defaultValue = "" + USUAL_PORT,
      description = "0 for any that is free. Default: ${DEFAULT-VALUE}.")
  private int port = USUAL_PORT;

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
    try (PenstockServer server = PenstockServer.start(host, port, served)) {
      lock.publish(server.address());
      announce(call, server.address());
      waitForInterrupt();
    }
    return 0;
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
