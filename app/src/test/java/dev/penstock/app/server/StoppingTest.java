package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.util.EventLoopGroups;
import dev.penstock.app.memory.MemoryOpener;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server stops without haste and without idleness. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StoppingTest {
  private static final String TOKEN = "secret";

  @TempDir Path folder;

  @Test
  void acceptor_does_not_wait_for_work_that_cannot_come() {
    EventLoopGroup patient = EventLoopGroups.newEventLoopGroup(1, "patient");
    EventLoopGroup acceptor = Acceptor.named("acceptor");
    patient.next().submit(() -> {}).syncUninterruptibly();
    acceptor.next().submit(() -> {}).syncUninterruptibly();
    var ended = patient.shutdownGracefully();
    acceptor.shutdownGracefully().awaitUninterruptibly();

    assertThat(ended.isDone()).isFalse();
  }

  @Test
  void request_under_way_is_answered() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Operations project =
        new MemoryOpener()
            .open(new Workspace(folder.toAbsolutePath(), "local"), InstantSource.system());
    PenstockServer server =
        PenstockServer.start(
            "127.0.0.1",
            0,
            new PenstockServer.Served(
                project,
                project.serving(ClockMode.WALL),
                TOKEN,
                (command, out, err) -> {
                  begun.countDown();
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return 7;
                },
                folder.resolve("cache")));
    HttpClient http = HttpClient.newHttpClient();
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            HttpRequest.newBuilder(URI.create(server.address() + "/v1/admin/command"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString("{\"arguments\": [\"plan\"]}"))
                .build(),
            BodyHandlers.ofString());
    begun.await();
    URI health = URI.create(server.address() + "/health");
    Thread stopping = new Thread(server::close);
    stopping.start();
    while (isReady(health)) {
      Thread.onSpinWait();
    }
    release.countDown();

    assertThat(answer.join().body()).isEqualTo("{\"exit\":7}\n");
    stopping.join();
    assertThat(isReady(health)).isFalse();
  }

  private static boolean isReady(URI health) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
