package dev.penstock.app.iceberg.crowd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections on to a server that may change, and loses some requests and answers. */
final class FlakyProxy implements AutoCloseable {
  private static final int LOSE_ONE_ANSWER_OF = 40;
  private static final int LOSE_ONE_REQUEST_OF = 100;

  private final ServerSocket listening;
  private final SplittableRandom random;
  private final AtomicInteger lostAnswers = new AtomicInteger();
  private volatile int port;

  FlakyProxy(long seed) throws IOException {
    listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    random = new SplittableRandom(seed);
    start(this::accept);
  }

  /** Passes on to this port from now on. */
  void to(int server) {
    port = server;
  }

  String address() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  int lostAnswers() {
    return lostAnswers.get();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        try {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
          start(() -> pump(client, server, false));
          start(() -> pump(server, client, true));
        } catch (IOException e) {
          // The server is down: so is the connection.
          client.close();
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[1 << 16];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (isLost(answers)) {
          return;
        }
        out.write(bytes, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      // One of them is gone; both are closed.
    }
  }

  private synchronized boolean isLost(boolean answer) {
    boolean lost = random.nextInt(answer ? LOSE_ONE_ANSWER_OF : LOSE_ONE_REQUEST_OF) == 0;
    if (lost && answer) {
      lostAnswers.incrementAndGet();
    }
    return lost;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
