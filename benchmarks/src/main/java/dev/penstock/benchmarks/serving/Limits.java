package dev.penstock.benchmarks.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A server on Penstock's HTTP stack that does nothing: {@code /echo} answers with the bytes of a
 * file, {@code /append} parses the JSON of a request and answers when it is on the disk, many with
 * one sync.
 */
public final class Limits {
  private static final JsonFactory JSON = new JsonFactory();

  private record Append(ByteBuffer bytes, CompletableFuture<HttpResponse> answer) {}

  private final LinkedBlockingQueue<Append> appends = new LinkedBlockingQueue<>();

  /** Arguments: the answer's file, the folder to append in. Prints the port. */
  public static void main(String[] arguments) throws IOException {
    byte[] answer = Files.readAllBytes(Path.of(arguments[0]));
    Limits limits = new Limits();
    Path log = Files.createTempFile(Path.of(arguments[1]), "append", ".log");
    Thread writer = new Thread(() -> limits.write(log), "writer");
    writer.setDaemon(true);
    writer.start();
    Server server =
        Server.builder()
            .http(0)
            .service(
                "/echo",
                (context, request) ->
                    HttpResponse.of(
                        request
                            .aggregate()
                            .thenApply(
                                all -> HttpResponse.of(HttpStatus.OK, MediaType.JSON, answer))))
            .service(
                "/append",
                (context, request) ->
                    HttpResponse.of(request.aggregate().thenCompose(limits::append)))
            .build();
    server.start().join();
    System.out.println("port " + server.activeLocalPort());
  }

  private CompletableFuture<HttpResponse> append(AggregatedHttpRequest request) {
    byte[] bytes = request.content().array();
    try (JsonParser parser = JSON.createParser(bytes)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue()) {
          parser.getText();
        }
      }
    } catch (IOException e) {
      return CompletableFuture.completedFuture(HttpResponse.of(HttpStatus.BAD_REQUEST));
    }
    Append append = new Append(ByteBuffer.wrap(bytes), new CompletableFuture<>());
    appends.add(append);
    return append.answer;
  }

  private void write(Path log) {
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.APPEND)) {
      while (true) {
        List<Append> group = new ArrayList<>();
        group.add(appends.take());
        appends.drainTo(group);
        for (Append append : group) {
          file.write(append.bytes);
        }
        file.force(false);
        group.forEach(
            append -> append.answer.complete(HttpResponse.of(HttpStatus.OK, MediaType.JSON, "{}")));
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
