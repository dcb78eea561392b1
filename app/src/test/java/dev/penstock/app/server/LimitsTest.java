package dev.penstock.app.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.app.memory.MemoryOpener;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server refuses before it costs anything, over plain sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LimitsTest {
  private static final int KILO = 1_000;
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir Path folder;
  private final List<Socket> sockets = new ArrayList<>();
  private PenstockServer server;

  private void serve(Limits limits) {
    Operations project =
        new MemoryOpener()
            .open(new Workspace(folder.toAbsolutePath(), "local"), InstantSource.system());
    server =
        PenstockServer.start(
            "127.0.0.1",
            0,
            new PenstockServer.Served(
                project,
                project.serving(ClockMode.WALL),
                "secret",
                (command, out, err) -> 0,
                folder.resolve("cache")),
            limits);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  @Test
  void body_beyond_the_limit_is_refused_before_it_is_sent() throws Exception {
    serve(new Limits(KILO, 10 * KILO, 10, LONG, LONG));

    assertThat(answer(send(head(KILO + 1)))).startsWith("HTTP/1.1 413");
    assertThat(answer(send(whole(KILO)))).startsWith("HTTP/1.1 200");
  }

  @Test
  void bodies_that_wait_are_bounded_together() throws Exception {
    serve(new Limits(100 * KILO, 100 * KILO, 100, LONG, LONG));
    Socket slow = send(head(90 * KILO) + " ".repeat(10));
    awaitHeld(90 * KILO);
    String refused = answer(send(whole(20 * KILO)));

    assertThat(refused).startsWith("HTTP/1.1 429").containsIgnoringCase("retry-after: 1\r\n");
    assertThat(answer(send(whole(5 * KILO)))).as("a small one fits").startsWith("HTTP/1.1 200");
    write(slow, body(90 * KILO).substring(10));
    assertThat(answer(slow)).as("what was begun ends").startsWith("HTTP/1.1 200");
    assertThat(answer(send(whole(20 * KILO)))).as("and makes room").startsWith("HTTP/1.1 200");
  }

  @Test
  void body_of_no_stated_length_counts_as_the_largest() throws Exception {
    serve(new Limits(100 * KILO, 150 * KILO, 100, LONG, LONG));
    String chunked = head("Transfer-Encoding: chunked");
    Socket slow = send(chunked);
    awaitHeld(100 * KILO);

    assertThat(answer(send(chunked))).startsWith("HTTP/1.1 429");
    assertThat(answer(send(whole(20 * KILO)))).startsWith("HTTP/1.1 200");
    write(slow, Integer.toHexString(KILO) + "\r\n" + body(KILO) + "\r\n0\r\n\r\n");
    assertThat(answer(slow)).startsWith("HTTP/1.1 200");
  }

  @Test
  void connection_beyond_the_limit_is_closed_and_the_others_go_on() throws Exception {
    serve(new Limits(KILO, KILO, 3, LONG, LONG));
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Socket socket = send(LIVE);
      assertThat(answer(socket)).startsWith("HTTP/1.1 200");
      open.add(socket);
    }

    assertThat(said(send(LIVE))).isEmpty();
    write(open.get(1), LIVE);
    assertThat(answer(open.get(1))).startsWith("HTTP/1.1 200");
    open.get(0).close();
    String answer = said(send(LIVE + LIVE.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));
    while (answer.isEmpty()) {
      answer = said(send(LIVE.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));
    }
    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @Test
  void client_that_does_not_end_its_request_is_answered_and_holds_nobody_up() throws Exception {
    serve(new Limits(100 * KILO, 100 * KILO, 10, SHORT, LONG));
    Socket slow = send(head(90 * KILO) + "{");
    assertThat(answer(send(LIVE))).startsWith("HTTP/1.1 200");

    assertThat(answer(slow)).startsWith("HTTP/1.1 408");
    assertThat(answer(send(whole(99 * KILO)))).as("its share is free").startsWith("HTTP/1.1 200");
  }

  @Test
  void client_that_falls_silent_is_let_go() throws Exception {
    serve(new Limits(KILO, KILO, 10, LONG, SHORT));
    Socket silent = send("");
    Socket halfway = send("POST /v1/sources/landings/rows HTTP/1.1\r\nHost: loc");

    assertThat(said(silent)).isEmpty();
    assertThat(said(halfway)).isEmpty();
  }

  /** Until requests at work hold so many bytes. */
  private void awaitHeld(int bytes) throws IOException {
    String gauge = "penstock_http_body_bytes " + (double) bytes;
    String close = "\r\nConnection: close\r\n\r\n";
    String scrape = LIVE.replace("/health/live", "/metrics").replace("\r\n\r\n", close);
    while (!said(send(scrape)).contains(gauge)) {
      Thread.onSpinWait();
    }
  }

  private static String head(int length) {
    return head("Content-Length: " + length);
  }

  private static String head(String line) {
    return "POST /v1/sources/landings/rows HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: application/json\r\n"
        + line
        + "\r\n\r\n";
  }

  /** No rows, in so many bytes. */
  private static String body(int length) {
    String rows = "{\"rows\": []}";
    return " ".repeat(length - rows.length()) + rows;
  }

  private static String whole(int length) {
    return head(length) + body(length);
  }

  private Socket send(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", URI.create(server.address()).getPort());
    socket.setSoTimeout(40_000);
    sockets.add(socket);
    try {
      write(socket, text);
    } catch (IOException e) {
      // Closed already: what it said, if anything, is read all the same.
      assertThat(e).hasMessageMatching("(?i).*(reset|broken|closed).*");
    }
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  /** The head of the answer; its body is passed over. */
  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    int at = head.toString().toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
    int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
    in.readNBytes(length);
    return head.toString();
  }

  /** All that comes until the server closes the connection. */
  private static String said(Socket socket) {
    try {
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (IOException reset) {
      return "";
    }
  }
}
