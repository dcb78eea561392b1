package dev.penstock.app.server;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.lake.rest.RestRequest;
import dev.penstock.lake.rest.RestResponse;
import dev.penstock.platform.command.Operations;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The Iceberg REST catalog under {@code /iceberg}. The path goes on as it came: a name may hold an
 * encoded slash, which routing would decode.
 */
final class IcebergService implements HttpService {
  static final String PATH = "/iceberg";
  private static final String RETRY_AFTER_SECONDS = "1";

  private final Operations project;
  private final Workers workers;
  private final Metrics metrics;

  IcebergService(Operations project, Workers workers, Metrics metrics) {
    this.project = project;
    this.workers = workers;
    this.metrics = metrics;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    // A commit that was cut off in the middle would leave the client in doubt.
    ctx.clearRequestTimeout();
    CompletableFuture<HttpResponse> answer =
        request
            .aggregate()
            .thenCompose(whole -> CompletableFuture.supplyAsync(() -> answer(whole), workers))
            .exceptionally(thrown -> response(failed(thrown)));
    return HttpResponse.of(answer);
  }

  /** Of a request that did not get as far as the catalog, which has an answer to everything. */
  private static RestResponse failed(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return cause instanceof ContentTooLargeException
        ? IcebergRest.badRequest(
            "The request has more than " + PenstockServer.MOST_BODY_BYTES + " bytes")
        : IcebergRest.unavailable(String.valueOf(cause.getMessage()));
  }

  private HttpResponse answer(AggregatedHttpRequest request) {
    long began = System.nanoTime();
    RestResponse answer = answered(request);
    metrics.answered(request.method(), PATH, answer.status(), System.nanoTime() - began);
    return response(answer);
  }

  private RestResponse answered(AggregatedHttpRequest request) {
    byte[] body = request.content().array();
    MediaType type = request.contentType();
    // A browser asks before it sends JSON to a foreign site: no page can commit in secret.
    if (request.method() == HttpMethod.POST && (type == null || !type.belongsTo(MediaType.JSON))) {
      return IcebergRest.badRequest("Content type " + type + ": send application/json");
    }
    String path = request.path();
    int query = path.indexOf('?');
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.putIfAbsent(name.toString(), value));
    return project
        .iceberg()
        .answer(
            new RestRequest(
                request.method().name(),
                path.substring(PATH.length(), query < 0 ? path.length() : query),
                query < 0 ? "" : path.substring(query + 1),
                headers,
                body));
  }

  private static HttpResponse response(RestResponse answer) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.valueOf(answer.status()));
    answer.headers().forEach(headers::add);
    if (answer.status() == HttpStatus.SERVICE_UNAVAILABLE.code()) {
      headers.add("retry-after", RETRY_AFTER_SECONDS);
    }
    return HttpResponse.of(headers.build(), HttpData.wrap(answer.body()));
  }
}
