package dev.penstock.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A project on disk, its command line and its server, in processes of their own. */
final class Penstock implements AutoCloseable {
  private static final Path APP = Path.of("../app/target");

  private final Path folder;
  private final Process server;
  private final String address;

  private Penstock(Path folder, Process server, String address) {
    this.folder = folder;
    this.server = server;
    this.address = address;
  }

  /**
   * A shop that is served: visits stay as they are; orders change, which are put in and taken out
   * before the server starts.
   */
  static Penstock shop(Path folder) throws IOException {
    Files.writeString(folder.resolve("penstock.yaml"), "project: shop\n");
    Files.writeString(
        folder.resolve("shop.yaml"),
        """
        source: visits
        owner: shop@example.com
        columns:
          visit: string not null
          at: timestamp not null
          day: date
          amount: decimal(9,2)
          score: float64
          taste: vector(2)
        event_time: at
        id: visit
        ---
        source: orders
        owner: shop@example.com
        columns:
          order_id: int64 not null
          at: timestamp not null
          total: float64
          op: string
        event_time: at
        primary_key: order_id
        changes: {operation: op}
        """);
    StringBuilder visits = new StringBuilder("visit,at,day,amount,score,taste\n");
    for (int n = 0; n < 500; n++) {
      visits.append("v%d,2001-01-%02dT10:00:00.%06dZ,".formatted(n, 1 + n % 28, n));
      visits.append(
          n % 5 == 0
              ? ",,,\n"
              : "2001-02-%02d,%d.25,%d.5,\"[%d, 0.5]\"\n".formatted(1 + n % 28, n, n, n));
    }
    Files.writeString(folder.resolve("visits.csv"), visits.toString());
    StringBuilder orders = new StringBuilder("order_id,at,total,op\n");
    for (int n = 0; n < 300; n++) {
      String operation = n < 100 ? "c" : n % 7 == 0 ? "d" : "u";
      orders.append("%d,2001-01-02T10:00:00Z,%d.5,%s\n".formatted(n % 100, n, operation));
    }
    Files.writeString(folder.resolve("orders.csv"), orders.toString());
    run(folder, "apply");
    run(folder, "ingest", "visits", "visits.csv");
    run(folder, "ingest", "orders", "orders.csv");
    Process server = start(folder, "serve", "--port", "0");
    String said = server.inputReader().readLine();
    if (said == null || !said.startsWith("Serving at ")) {
      throw new IOException(
          "no server: "
              + said
              + new String(server.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return new Penstock(folder, server, said.split(" ", -1)[2]);
  }

  String address() {
    return address;
  }

  Path folder() {
    return folder;
  }

  /** Pushes a row to the server, which has to accept it. */
  void push(String source, String row) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/v1/sources/" + source + "/rows"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"rows\": [" + row + "]}"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"accepted\":1");
  }

  /** What a command says; it has to succeed. */
  String run(String... arguments) {
    return run(folder, arguments);
  }

  /** The rows of a query, as {@code penstock sql} answers it. */
  List<List<String>> rows(String query) {
    try {
      JsonNode answer =
          new ObjectMapper().readTree(run("sql", query, "--limit", "100000", "--json"));
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode row : answer.path("rows")) {
        List<String> values = new ArrayList<>();
        row.elements()
            .forEachRemaining(value -> values.add(value.isNull() ? null : value.asText()));
        rows.add(values);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(Path folder, String... arguments) {
    try {
      Process process = start(folder, arguments);
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.onExit().join().exitValue())
          .as("%s: %s%s", String.join(" ", arguments), out, err)
          .isZero();
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process start(Path folder, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                classPath(),
                "dev.penstock.app.Main"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).start();
  }

  /** What the build of app leaves for programs that start it. */
  private static String classPath() throws IOException {
    Path list = APP.resolve("test-class-path");
    return APP.resolve("classes").toAbsolutePath().normalize() + ":" + Files.readString(list);
  }

  @Override
  public void close() {
    server.destroyForcibly().onExit().join();
  }
}
