package dev.penstock.app.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.History;
import dev.penstock.platform.command.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Features for the rows of a spine: Parquet in, Parquet out, what to do in the query ({@code
 * ?at=time&service=name&key=airport=origin&mode=as_seen&as_of=january}). Both files go by disk, so
 * that a spine may be larger than memory.
 */
final class HistoricalService implements HttpService {
  static final String PATH = "/v1/historical-features";
  private static final MediaType PARQUET = MediaType.parse("application/vnd.apache.parquet");
  private static final long MOST_BYTES = 4L << 30;
  private static final int AT_ONCE = 2;

  private final Operations project;
  private final Path scratch;
  private final Semaphore places = new Semaphore(AT_ONCE);

  HistoricalService(Operations project, Path scratch) {
    this.project = project;
    this.scratch = scratch;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    if (!PARQUET.equals(request.contentType())) {
      return failed(
          new PenstockException(
              ErrorCode.FILE_FORMAT, "the body is not " + PARQUET, "send the spine as Parquet"));
    }
    if (!places.tryAcquire()) {
      return failed(
          new PenstockException(
              ErrorCode.OVERLOADED, AT_ONCE + " such requests are being worked on", "try again"));
    }
    ctx.clearRequestTimeout();
    ctx.setMaxRequestLength(MOST_BYTES);
    CompletableFuture<HttpResponse> answer;
    try {
      Files.createDirectories(scratch);
      Path folder = Files.createTempDirectory(scratch, "historical");
      answer = answer(ctx, request, folder).exceptionally(thrown -> failed(folder, thrown));
    } catch (IOException | RuntimeException e) {
      answer = CompletableFuture.completedFuture(failed(e));
    }
    return HttpResponse.of(answer.whenComplete((response, thrown) -> places.release()));
  }

  private CompletableFuture<HttpResponse> answer(
      ServiceRequestContext ctx, HttpRequest request, Path folder) {
    Path spine = folder.resolve("spine.parquet");
    Path out = folder.resolve("out.parquet");
    return request
        .split()
        .body()
        .writeTo(data -> data, spine)
        .thenApplyAsync(
            written -> {
              project.history(history(ctx.queryParams(), spine, out), Progress.SILENT);
              return file(folder, out);
            },
            ctx.blockingTaskExecutor());
  }

  private static History history(QueryParams query, Path spine, Path out) {
    String at = query.get("at");
    if (at == null) {
      throw new PenstockException(
          ErrorCode.USAGE, "the query lacks at=COLUMN", "name the column with each row's moment");
    }
    return new History(
        spine,
        at,
        FeatureEndpoints.selection(query.get("service"), query.getAll("feature")),
        query.getAll("key").stream().map(HistoricalService::assignment).toList(),
        mode(query.get("mode")),
        query.get("as_of"),
        out);
  }

  private static Assignment assignment(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new PenstockException(ErrorCode.USAGE, "key '" + text + "' is not NAME=COLUMN", "");
    }
    return new Assignment(text.substring(0, equals), text.substring(equals + 1));
  }

  private static History.Visible mode(@Nullable String mode) {
    try {
      return mode == null
          ? History.Visible.AS_SEEN
          : History.Visible.valueOf(mode.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new PenstockException(
          ErrorCode.USAGE, null, "there is no mode '" + mode + "'", "as_seen or as_happened", e);
    }
  }

  private static HttpResponse file(Path folder, Path out) {
    try {
      long length = Files.size(out);
      StreamMessage<HttpData> body = StreamMessage.of(out);
      CompletableFuture<@Nullable Void> cleaned =
          body.whenComplete()
              .handle(
                  (done, thrown) -> {
                    delete(folder);
                    return null;
                  });
      // Whether the answer arrived is the other side's to know; the files go in any case.
      assert cleaned != null;
      return HttpResponse.of(
          ResponseHeaders.builder(HttpStatus.OK).contentType(PARQUET).contentLength(length).build(),
          body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse failed(Path folder, Throwable thrown) {
    delete(folder);
    return failed(thrown);
  }

  private static HttpResponse failed(Throwable thrown) {
    Throwable error =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return ErrorStyle.PENSTOCK
        .reply(
            error instanceof PenstockException known
                ? known
                : new PenstockException(
                    ErrorCode.INTERNAL,
                    null,
                    error.toString(),
                    "this is a fault of Penstock",
                    error))
        .response();
  }

  private static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("spine.parquet"));
      Files.deleteIfExists(folder.resolve("out.parquet"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
