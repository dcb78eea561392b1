package dev.penstock.app.server;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import org.jspecify.annotations.Nullable;

/** Words what goes wrong outside of any route: no such path, a timeout. */
final class PlainErrors implements ServerErrorHandler {
  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    return null;
  }

  @Override
  public @Nullable AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    Reply reply =
        ErrorStyle.PENSTOCK.reply(
            new PenstockException(
                status.equals(HttpStatus.NOT_FOUND)
                    ? ErrorCode.NOT_FOUND
                    : status.isClientError() ? ErrorCode.USAGE : ErrorCode.INTERNAL,
                description == null ? status.reasonPhrase() : description,
                "see /openapi.json"));
    return AggregatedHttpResponse.of(
        status, reply.type(), com.linecorp.armeria.common.HttpData.wrap(reply.body()));
  }
}
