package dev.penstock.app.demo;

import dev.penstock.app.command.Invocation;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server that runs in a thread beside the other commands. */
final class Background implements AutoCloseable {
  private static final int SERVING = 0;
  private static final int ENDED_AT_ONCE = 1;

  private final Thread thread;
  private final CompletableFuture<String> announced;
  private final CompletableFuture<Integer> ended;

  private Background(
      Thread thread, CompletableFuture<String> announced, CompletableFuture<Integer> ended) {
    this.thread = thread;
    this.announced = announced;
    this.ended = ended;
  }

  static Background start(Invocation invocation, List<String> arguments) {
    CompletableFuture<String> announced = new CompletableFuture<>();
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Invocation own =
        invocation.with(
            invocation.folder(),
            new PrintWriter(new FirstLine(invocation.out(), announced), true),
            invocation.err());
    Thread thread =
        new Thread(
            () -> {
              ended.complete(own.shell().run(own, arguments));
              announced.complete("");
            },
            "penstock-demo-server");
    thread.start();
    return new Background(thread, announced, ended);
  }

  /** Waits until the server says where it listens; 0 when it does. */
  int exitUnlessServing() {
    announced.join();
    int exit = ended.getNow(SERVING);
    return ended.isDone() && exit == SERVING ? ENDED_AT_ONCE : exit;
  }

  String address() {
    return announced.join().replaceFirst(".*(http://\\S+).*", "$1");
  }

  void join() {
    ended.join();
  }

  /** Asks the server to end, and waits for it. */
  @Override
  public void close() {
    if (!ended.isDone()) {
      thread.interrupt();
      ended.join();
    }
  }

  /** Passes text on, and remembers its first line. */
  private static final class FirstLine extends Writer {
    private final PrintWriter out;
    private final CompletableFuture<String> line;
    private final StringBuilder text = new StringBuilder();

    FirstLine(PrintWriter out, CompletableFuture<String> line) {
      this.out = out;
      this.line = line;
    }

    @Override
    public void write(char[] characters, int from, int length) {
      out.write(characters, from, length);
      out.flush();
      if (!line.isDone()) {
        text.append(characters, from, length);
        int end = text.indexOf("\n");
        if (end >= 0) {
          line.complete(text.substring(0, end));
        }
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
