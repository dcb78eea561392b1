package dev.penstock.app.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.app.MemoryMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ownership of a project among real processes. */
class ProcessTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void makeProject() throws IOException {
    Files.writeString(folder.resolve("penstock.yaml"), "project: flights\n");
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void command_beside_a_server_runs_in_the_server() throws Exception {
    Process server = serve();
    Finished status = run("status");

    assertThat(status.exit()).isZero();
    assertThat(status.out()).isEqualTo("pid  " + server.pid() + "\n");
  }

  @Test
  void forwarded_error_keeps_its_exit_code_and_stream() throws Exception {
    serve();
    Finished failed = run("catalog", "show", "missing");
    Finished json = run("catalog", "show", "locked", "--json");

    assertThat(failed.exit()).isEqualTo(2);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).startsWith("DEFINITION_NOT_FOUND features/a.yaml:12:9 ");
    assertThat(json.exit()).isEqualTo(3);
    assertThat(json.err()).startsWith("{\"error\":{\"code\":\"CONFLICT_RETRY\"");
  }

  @Test
  void forwarded_paths_are_those_of_the_caller() throws Exception {
    serve();
    Path within = Files.createDirectory(folder.resolve("data"));

    assertThat(runIn(within, "ingest", "landings", "a.csv").out())
        .contains(within.resolve("a.csv").toString());
  }

  @Test
  void second_server_is_refused_and_told_of_the_first() throws Exception {
    Process server = serve();
    Finished second = run("serve", "--port", "0");

    assertThat(second.exit()).isEqualTo(3);
    assertThat(second.err())
        .startsWith("PROJECT_LOCKED ")
        .contains("process " + server.pid(), "'serve'", "http://127.0.0.1:");
  }

  @Test
  void server_takes_another_port_when_the_usual_one_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      take(taken, 7310);
      Process server = start(folder, "serve");
      assertThat(server.inputReader().readLine())
          .startsWith("Serving at http://127.0.0.1:")
          .doesNotContain(":7310 ");
    }
  }

  /** Takes a port, unless somebody else has it, which is as good. */
  private static void take(ServerSocket socket, int port) throws IOException {
    try {
      socket.bind(new InetSocketAddress("127.0.0.1", port));
    } catch (BindException e) {
      assertThat(socket.isBound()).isFalse();
    }
  }

  @Test
  void owner_without_a_server_is_named() throws Exception {
    Process holder = start(folder, "run", "--select", "hold");
    assertThat(holder.inputReader().readLine()).isEqualTo("holding");
    Finished refused = run("status");
    holder.outputWriter().close();

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).startsWith("PROJECT_LOCKED ").contains("process " + holder.pid());
    assertThat(holder.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(run("status").exit()).isZero();
  }

  @Test
  void lock_of_a_killed_process_is_taken_over() throws Exception {
    Process server = serve();
    server.destroyForcibly().waitFor();

    assertThat(Files.readString(folder.resolve(".penstock/lock"))).contains("" + server.pid());
    Finished status = run("status");
    assertThat(status.exit()).isZero();
    assertThat(status.out()).doesNotContain("" + server.pid());
  }

  @Test
  void server_asked_to_end_puts_everything_in_order() throws Exception {
    Process server = serve();
    server.destroy();

    assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve(".penstock/lock"))).isBlank();
  }

  @Test
  void lock_file_is_for_its_user_alone() throws Exception {
    run("status");

    assertThat(Files.getPosixFilePermissions(folder.resolve(".penstock/lock")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void replay_through_a_server_pushes_all_and_asks_before_it_pushes() throws Exception {
    Process server = start(folder, "serve", "--port", "0", "--clock", "replay");
    assertThat(server.inputReader().readLine()).startsWith("Serving at ");
    String[] replay = {
      "replay",
      "departures=d.parquet",
      "landings=l.parquet",
      "--model",
      "late_arrival",
      "--ask",
      "departures",
      "--sample",
      "30",
      "--json"
    };
    Finished first = run(replay);
    Finished again = run(replay);

    assertThat(first.err()).isEmpty();
    assertThat(first.out())
        .contains("\"accepted\" : 60")
        .contains("\"predictions\" : 30")
        .doesNotContain("\"quarantined\" : 1");
    assertThat(again.exit()).isZero();
    assertThat(again.out()).contains("\"rows\" : 0", "\"predictions\" : 0");
  }

  private record Finished(int exit, String out, String err) {}

  private Process serve() throws IOException {
    Process server = start(folder, "serve", "--port", "0");
    BufferedReader out = server.inputReader();
    assertThat(out.readLine()).startsWith("Serving at http://127.0.0.1:");
    return server;
  }

  private Finished run(String... arguments) throws Exception {
    return runIn(folder, arguments);
  }

  private Finished runIn(Path in, String... arguments) throws Exception {
    Process process = start(in, arguments);
    process.outputWriter().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), out, err);
  }

  private Process start(Path in, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classPath()));
    command.add(MemoryMain.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).directory(in.toFile()).start();
    started.add(process);
    return process;
  }

  /** Surefire hides the real class path behind a jar. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
