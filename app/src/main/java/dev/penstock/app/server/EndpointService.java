package dev.penstock.app.server;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.penstock.app.server.Endpoint.Request;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Reads a request whole, has its endpoint answer on the right threads, and words its errors. */
final class EndpointService implements HttpService {
  private final Endpoint endpoint;
  private final Executor lane;
  private final BodyBudget bodies;
  private final Metrics metrics;

  EndpointService(
      Endpoint endpoint, Workers readers, Workers writers, BodyBudget bodies, Metrics metrics) {
    this.bodies = bodies;
    this.endpoint = endpoint;
    this.lane =
        switch (endpoint.lane()) {
          case READ -> readers;
          case WRITE -> writers;
          case IMMEDIATE -> Runnable::run;
        };
    this.metrics = metrics;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest httpRequest) {
    BodyBudget.Share share = bodies.share();
    try {
      share.take(bytes(ctx, httpRequest));
    } catch (PenstockException overloaded) {
      return failed(overloaded).response();
    }
    CompletableFuture<HttpResponse> answer =
        httpRequest
            .aggregate()
            .thenApplyAsync(request -> answer(ctx, request), lane)
            .whenComplete((reply, failure) -> share.give())
            .exceptionally(this::failed)
            .thenApply(Reply::response);
    return HttpResponse.of(answer);
  }

  /**
   * What the body will take: a length that is not stated counts as the largest, and one beyond that
   * is refused before it takes anything.
   */
  private static long bytes(ServiceRequestContext ctx, HttpRequest request) {
    if (request.method() == HttpMethod.GET) {
      return 0;
    }
    long length = request.headers().contentLength();
    return length < 0 ? ctx.maxRequestLength() : length > ctx.maxRequestLength() ? 0 : length;
  }

  private Reply answer(ServiceRequestContext ctx, AggregatedHttpRequest request) {
    long began = System.nanoTime();
    Reply reply;
    try {
      MediaType type = request.contentType();
      reply =
          endpoint.method() == HttpMethod.POST && !fits(type)
              ? unsupportedType(type)
              : endpoint
                  .handler()
                  .handle(
                      new Request(
                          type == null ? MediaType.OCTET_STREAM : type,
                          ctx.pathParams(),
                          ctx.queryParams(),
                          request.content().array()));
    } catch (IOException | RuntimeException e) {
      reply = failed(e);
    }
    metrics.answered(
        endpoint.method(), endpoint.path(), reply.status().code(), System.nanoTime() - began);
    return reply;
  }

  /** A browser asks before it sends these types to a foreign site: no page can push in secret. */
  private static boolean fits(@Nullable MediaType type) {
    return type != null && (type.belongsTo(MediaType.JSON) || PushEndpoints.accepts(type));
  }

  private Reply unsupportedType(@Nullable MediaType type) {
    PenstockException error =
        new PenstockException(
            ErrorCode.USAGE,
            type == null ? "the request has no content type" : "content type " + type,
            "send application/json");
    Reply reply = endpoint.style().reply(error);
    return new Reply(HttpStatus.UNSUPPORTED_MEDIA_TYPE, reply.type(), reply.body());
  }

  private Reply failed(Throwable thrown) {
    Throwable error =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (error instanceof PenstockException known) {
      return endpoint.style().reply(known);
    }
    if (error instanceof ContentTooLargeException) {
      return endpoint
          .style()
          .reply(
              new PenstockException(
                  ErrorCode.LIMIT_EXCEEDED,
                  "the request has more bytes than one may",
                  "send it in parts"));
    }
    if (error instanceof IOException) {
      return endpoint.style().reply(JsonBody.malformed(error.getMessage()));
    }
    return endpoint
        .style()
        .reply(
            new PenstockException(
                ErrorCode.INTERNAL, null, error.toString(), "this is a fault of Penstock", error));
  }
}
