package dev.penstock.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Penstock as processes of their own, over projects on disk. */
public final class Processes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final long LOOK_AGAIN_NANOS = 200_000;

  private final List<Process> started = new ArrayList<>();

  /** A process that has ended. */
  public record Finished(int exit, String out, String err) {}

  /** Starts a command in a folder. */
  public Process start(Path folder, String... arguments) throws IOException {
    return start(folder, Main.class, arguments);
  }

  /** Starts another program of the tests; what it says of errors is ours to see. */
  public Process main(Class<?> program, String... arguments) throws IOException {
    return start(Path.of("."), program, arguments);
  }

  private Process start(Path folder, Class<?> program, String... arguments) throws IOException {
    return start(folder, command(program, arguments));
  }

  private static List<String> command(Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-cp",
            classPath(),
            program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Process start(Path folder, List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    started.add(process);
    return process;
  }

  /** A server that has begun to answer. */
  public record Server(Process process, String address) {}

  /** Starts a server and waits until it answers. */
  public Server serve(Path folder, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0"));
    arguments.addAll(List.of(options));
    return answering(start(folder, arguments.toArray(String[]::new)));
  }

  /** Starts a server none of whose files may grow beyond a size. Linux only. */
  public Server serveWithin(Path folder, long fileBytes) throws IOException {
    List<String> command = new ArrayList<>(List.of("prlimit", "--fsize=" + fileBytes));
    command.addAll(command(Main.class, "serve", "--port", "0"));
    return answering(start(folder, command));
  }

  /** Runs a command none of whose files may grow beyond a size. Linux only. */
  public Finished runWithin(Path folder, long fileBytes, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("prlimit", "--fsize=" + fileBytes));
    command.addAll(command(Main.class, arguments));
    return finish(start(folder, command));
  }

  private static Server answering(Process server) throws IOException {
    String said = server.inputReader().readLine();
    if (said == null || !said.startsWith("Serving at ")) {
      throw new IOException("no server: " + said + " " + finish(server).err());
    }
    return new Server(server, said.split(" ", -1)[2]);
  }

  /** Runs a command to its end. */
  public Finished run(Path folder, String... arguments) throws IOException {
    return finish(start(folder, arguments));
  }

  /** Waits for a process and what it printed. */
  public static Finished finish(Process process) throws IOException {
    process.outputWriter().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.onExit().join().exitValue(), out, err);
  }

  /** Ends a process as kill -9 does, once the condition holds; false if it ended before that. */
  public static boolean kill(Process process, BooleanSupplier when) {
    boolean reached = await(process, when);
    process.destroyForcibly().onExit().join();
    return reached;
  }

  /** Waits until the condition holds; false if the process ended before. */
  public static boolean await(Process process, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive()) {
        return false;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not after " + PATIENCE);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }

  /** How many files there are below a folder. */
  public static long files(Path folder) {
    long[] count = {0};
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              count[0]++;
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              // Listed a moment ago, and gone already.
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count[0];
  }

  /** Copies a folder with all that is in it. */
  public static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path file : walk.toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(file, copied);
        }
      }
    }
    return to;
  }

  /** Surefire hides the real class path behind a jar. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  @Override
  public void close() {
    started.forEach(process -> process.destroyForcibly().onExit().join());
  }
}
