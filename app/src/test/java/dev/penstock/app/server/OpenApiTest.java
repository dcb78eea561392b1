package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.app.memory.MemoryOpener;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static JsonNode document() throws IOException {
    return new ObjectMapper().readTree(OpenApiTest.class.getResourceAsStream("openapi.json"));
  }

  /** Every route the server has, as {@code post /push}. */
  private static List<String> routes() throws InterruptedException {
    Operations project =
        new MemoryOpener().open(new Workspace(Path.of("/"), "local"), InstantSource.system());
    PenstockServer.Served served =
        new PenstockServer.Served(
            project, project.serving(ClockMode.WALL), "", (c, out, err) -> 0, Path.of("/"));
    List<String> routes = new ArrayList<>();
    PenstockServer.endpoints(served, new Readiness(served.serving()), new Metrics())
        .forEach(e -> routes.add(e.method().name().toLowerCase(Locale.ROOT) + " " + e.path()));
    Workers workers = new Workers("test", 1, 1);
    PenstockServer.streams(served, workers)
        .forEach(s -> routes.add(s.method().name().toLowerCase(Locale.ROOT) + " " + s.path()));
    workers.stop(Duration.ofSeconds(10));
    return routes;
  }

  @Test
  void document_has_every_route_and_no_other() throws Exception {
    List<String> documented = new ArrayList<>();
    document()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> documented.add(method + " " + path.getKey())));

    assertThat(documented).containsExactlyInAnyOrderElementsOf(routes());
  }

  @Test
  void every_reference_leads_somewhere() throws IOException {
    JsonNode document = document();
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(document.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
  }

  @Test
  void every_operation_has_a_summary_and_its_path_parameters() throws IOException {
    document()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .forEach(
                        operation -> {
                          assertThat(operation.path("summary").asText())
                              .as(path.getKey())
                              .isNotBlank();
                          if (path.getKey().contains("{")) {
                            assertThat(operation.at("/parameters/0/in").asText()).isEqualTo("path");
                          }
                        }));
  }

  @Test
  void full_queue_refuses_at_once() throws Exception {
    Workers workers = new Workers("test", 1, 1);
    java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
    Runnable waits =
        () -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    workers.execute(waits);
    workers.execute(waits);

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> workers.execute(waits))
        .hasMessageStartingWith("OVERLOADED");
    release.countDown();
    workers.stop(Duration.ofSeconds(10));
  }

  @Test
  void overload_is_429_and_says_when_to_come_back() {
    Reply reply =
        ErrorStyle.PENSTOCK.reply(
            new dev.penstock.data.PenstockException(
                dev.penstock.data.ErrorCode.OVERLOADED, "full", ""));

    assertThat(reply.status().code()).isEqualTo(429);
    assertThat(reply.response().aggregate().join().headers().get("retry-after")).isEqualTo("1");
  }
}
