package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.platform.Platform;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A project that a server serves under the replay clock, and what is asked of it over HTTP. */
final class ServedProject implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2001-02-01T00:00:00Z"));

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Operations project;
  private @Nullable PenstockServer server;

  /** Applies the definitions. */
  ServedProject(Path folder, String definitions) throws IOException {
    this.folder = folder.toAbsolutePath();
    Files.writeString(folder.resolve("penstock.yaml"), "project: served\n");
    Files.writeString(folder.resolve("definitions.yaml"), definitions);
    project = open();
    done(project.apply(Progress.SILENT));
  }

  private Operations open() {
    return new Platform().open(new Workspace(folder, "local"), CLOCK);
  }

  Operations operations() {
    return project;
  }

  void history(String source, String csv) throws IOException {
    Path file = Files.writeString(folder.resolve(source + ".csv"), csv);
    done(project.ingest(new Ingest(source, List.of(file), Ingest.Mode.HISTORY), Progress.SILENT));
  }

  void serve() {
    server =
        PenstockServer.start(
            "127.0.0.1",
            0,
            new PenstockServer.Served(
                project,
                project.serving(ClockMode.REPLAY),
                "secret",
                (command, out, err) -> 0,
                folder.resolve("cache")));
  }

  /** Ends the process, as it were, and begins another that serves. */
  void restart() {
    close();
    project = open();
    serve();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
      server = null;
    }
    project.close();
  }

  JsonNode post(String path, String body) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
  }

  String address() {
    return server.address();
  }

  /** As it comes, whatever its status; headers are names and values in turn. */
  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
    return http.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofByteArray());
  }

  /** What history says of a service's features of a key. */
  List<@Nullable Object> offline(String service, Assignment key, Instant q) {
    Answer answer =
        project.explain(
            new Lookup(
                new FeatureSelection.Service(service),
                List.of(key),
                ChronoUnit.MICROS.between(Instant.EPOCH, q)));
    List<@Nullable Object> values = new ArrayList<>();
    table(done(answer), "features").forEach(row -> values.add(row.get(1)));
    return values;
  }

  static Answer done(Answer answer) {
    assertThat(answer.failure()).isNull();
    return answer;
  }

  static List<List<Object>> table(Answer answer, String name) {
    return answer.parts().stream()
        .filter(part -> part instanceof Answer.Table table && table.name().equals(name))
        .flatMap(part -> ((Answer.Table) part).rows().stream())
        .toList();
  }
}
