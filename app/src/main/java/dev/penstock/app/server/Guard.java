package dev.penstock.app.server;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves only those who address this machine by a loopback name: a web page that points its own
 * name at 127.0.0.1 is turned away.
 */
final class Guard extends SimpleDecoratingHttpService {
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

  Guard(HttpService guarded) {
    super(guarded);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    @Nullable String authority = request.authority();
    return authority != null && LOOPBACK.matcher(authority).matches()
        ? unwrap().serve(ctx, request)
        : HttpResponse.of(
            HttpStatus.MISDIRECTED_REQUEST,
            MediaType.PLAIN_TEXT_UTF_8,
            "this server answers on loopback names only\n");
  }
}
