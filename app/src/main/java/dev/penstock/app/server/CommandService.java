package dev.penstock.app.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.penstock.app.json.Json;
import dev.penstock.app.owner.ForwardedCommand;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Takes commands of other processes on this machine, see {@link ForwardedCommand}. Whoever can read
 * the project's lock file has the token, and may do what its owner may.
 */
final class CommandService implements HttpService {
  private final byte[] authorization;
  private final Commands commands;

  CommandService(String token, Commands commands) {
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    this.commands = commands;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    String given = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    if (!MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8))) {
      Reply reply =
          ErrorStyle.PENSTOCK.reply(
              new PenstockException(
                  ErrorCode.USAGE, "this route is for the penstock command of this project", ""));
      return new Reply(HttpStatus.UNAUTHORIZED, reply.type(), reply.body()).response();
    }
    // A command may take hours, and need say nothing meanwhile.
    ctx.clearRequestTimeout();
    return HttpResponse.of(
        request
            .aggregate()
            .thenApply(
                aggregated -> {
                  HttpResponseWriter response = HttpResponse.streaming();
                  byte[] body = aggregated.content().array();
                  Thread thread = new Thread(() -> run(body, response), "penstock-command");
                  thread.setDaemon(true);
                  thread.start();
                  return response;
                }));
  }

  private void run(byte[] body, HttpResponseWriter response) {
    response.write(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.parse("application/x-ndjson"))
            .build());
    try {
      ForwardedCommand command = ForwardedCommand.parse(body);
      try (PrintWriter out = new PrintWriter(new Lines("out", response));
          PrintWriter err = new PrintWriter(new Lines("err", response))) {
        int code = commands.run(command, out, err);
        out.flush();
        err.flush();
        line(response, json -> json.writeNumberField("exit", code));
      }
      response.close();
    } catch (IOException | RuntimeException e) {
      response.close(e);
    }
  }

  private static void line(HttpResponseWriter response, Json.Body member) {
    byte[] line =
        Json.bytes(
            json -> {
              json.writeStartObject();
              member.write(json);
              json.writeEndObject();
              json.writeRaw('\n');
            });
    // False when the other side has gone: the command still runs to its end.
    boolean ignored = response.tryWrite(HttpData.wrap(line));
  }

  /** Sends whatever is flushed as one line of JSON. */
  private static final class Lines extends Writer {
    private final String name;
    private final HttpResponseWriter response;
    private final StringBuilder waiting = new StringBuilder();

    Lines(String name, HttpResponseWriter response) {
      this.name = name;
      this.response = response;
    }

    @Override
    public void write(char[] characters, int from, int length) {
      synchronized (waiting) {
        waiting.append(characters, from, length);
      }
    }

    @Override
    public void flush() {
      synchronized (waiting) {
        if (waiting.length() > 0) {
          String text = waiting.toString();
          waiting.setLength(0);
          line(response, json -> json.writeStringField(name, text));
        }
      }
    }

    @Override
    public void close() {
      flush();
    }
  }
}
