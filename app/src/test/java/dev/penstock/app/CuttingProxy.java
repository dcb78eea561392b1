package dev.penstock.app;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a program and its database, and cuts the line at a commit that is chosen. */
final class CuttingProxy implements Closeable {
  /** What Iceberg's JDBC catalog commits with. */
  private static final String COMMIT = "UPDATE iceberg_tables";

  private static final int BUFFER = 1 << 16;

  private final ServerSocket listening;
  private final int target;
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicReference<Cut> cut = new AtomicReference<>();

  /** What happens at a commit. */
  enum Side {
    /** It never reaches the database. */
    ASKED,
    /** It happens, and nobody hears of it. */
    ANSWERED
  }

  private record Cut(int commit, Side side, Runnable work) {}

  CuttingProxy(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /**
   * Cuts the line at the commit of that number from now on, counted from 1.
   *
   * @param work is done before
   */
  void cutAt(int commit, Side side, Runnable work) {
    commits.set(0);
    cut.set(new Cut(commit, side, work));
  }

  /** Whether the line was cut since. */
  boolean wasCut() {
    return cut.get() == null;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        connect(client);
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      daemon(() -> forward(client, server));
    } catch (IOException e) {
      // The database is down.
      client.close();
    }
  }

  private void forward(Socket client, Socket server) {
    AtomicBoolean silent = new AtomicBoolean();
    Thread answers = daemon(() -> copy(server, client, silent));
    try (client;
        server) {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        Cut due = cut.get();
        boolean ends =
            due != null
                && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(COMMIT)
                && commits.incrementAndGet() == due.commit;
        if (ends) {
          silent.set(true);
          due.work.run();
        }
        if (!ends || due.side == Side.ANSWERED) {
          out.write(buffer, 0, read);
          out.flush();
        }
        if (ends) {
          // The database ends what it was asked and then the session, with the session's lock.
          server.shutdownOutput();
          answers.join();
          cut.set(null);
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The line is down.
    }
  }

  private static void copy(Socket from, Socket to, AtomicBoolean silent) {
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!silent.get()) {
          to.getOutputStream().write(buffer, 0, read);
        }
      }
      if (!silent.get()) {
        to.shutdownOutput();
      }
    } catch (IOException e) {
      // The line is down.
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
