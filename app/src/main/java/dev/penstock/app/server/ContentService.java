package dev.penstock.app.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Operations;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a kept file, by their SHA-256, whole or a range of them, streamed. They never
 * change, and are handed out as bytes and not as what they may be: a page among them would speak
 * for this server in a browser.
 */
final class ContentService implements HttpService {
  static final String PATH = "/v1/files/{sha256}";

  private final Operations project;
  private final Executor workers;

  ContentService(Operations project, Executor workers) {
    this.project = project;
    this.workers = workers;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    String hash = String.valueOf(ctx.pathParam("sha256"));
    String tag = '"' + hash + '"';
    String known = request.headers().get(HttpHeaderNames.IF_NONE_MATCH);
    String range = request.headers().get(HttpHeaderNames.RANGE);
    ctx.clearRequestTimeout();
    return HttpResponse.of(
        CompletableFuture.completedFuture(hash)
            .thenApplyAsync(
                asked -> {
                  Path file = project.content(asked);
                  return known != null && known.contains(tag)
                      ? HttpResponse.of(headers(HttpStatus.NOT_MODIFIED, tag).build())
                      : content(ctx, file, tag, range);
                },
                workers)
            .exceptionally(ContentService::failed));
  }

  private HttpResponse content(
      ServiceRequestContext ctx, Path file, String tag, @Nullable String asked) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      long size = channel.size();
      ByteRange range = ByteRange.of(asked, size);
      if (range == null) {
        channel.close();
        return HttpResponse.of(
            headers(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, tag)
                .set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + size)
                .build());
      }
      boolean whole = range.length() == size;
      ResponseHeadersBuilder headers =
          headers(whole ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT, tag)
              .contentLength(range.length());
      if (!whole) {
        headers.set(HttpHeaderNames.CONTENT_RANGE, range.of(size));
      }
      if (range.length() == 0) {
        channel.close();
        return HttpResponse.of(headers.build());
      }
      channel.position(range.first());
      StreamMessage<HttpData> body =
          StreamMessage.builder(new Limited(Channels.newInputStream(channel), range.length()))
              .executor(ctx.blockingTaskExecutor())
              .build();
      return HttpResponse.of(headers.build(), body);
    } catch (IOException e) {
      close(channel, e);
      throw new PenstockException(ErrorCode.IO, null, "a kept file cannot be read: " + e, "", e);
    }
  }

  private static void close(@Nullable FileChannel channel, IOException failure) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static ResponseHeadersBuilder headers(HttpStatus status, String tag) {
    return ResponseHeaders.builder(status)
        .contentType(MediaType.OCTET_STREAM)
        .set(HttpHeaderNames.ETAG, tag)
        .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
        .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .set(HttpHeaderNames.CACHE_CONTROL, "private, max-age=31536000, immutable");
  }

  private static HttpResponse failed(Throwable thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    PenstockException known =
        cause instanceof PenstockException error
            ? error
            : new PenstockException(
                ErrorCode.INTERNAL, null, cause.toString(), "this is a fault of Penstock", cause);
    return ErrorStyle.PENSTOCK.reply(known).response();
  }

  /** As many bytes as were asked for. */
  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      int read = left == 0 ? -1 : super.read();
      left -= read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = left == 0 ? -1 : super.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }
  }
}
