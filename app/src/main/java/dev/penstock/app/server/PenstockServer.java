package dev.penstock.app.server;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import dev.penstock.app.owner.ForwardedCommand;
import dev.penstock.app.server.flight.FlightService;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.serve.Serving;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP server of one project. Requests are read and answered by the event loops and worked on
 * by {@link Workers}: one lane for reads, one for writes, so that a slow disk does not hold up an
 * answer from memory.
 */
public final class PenstockServer implements AutoCloseable {
  static final long MOST_BODY_BYTES = 64L << 20;
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final int QUEUE = 512;
  private static final int WRITERS = 16;

  /**
   * Requests of other engines at a time: their commits wait for each other, and pushes must not.
   */
  private static final int ICEBERGS = 4;

  /** Queries of other programs at a time; one that is read slowly holds its thread. */
  private static final int FLIGHTS = 16;

  private final Server server;
  private final EventLoopGroup loops;
  private final Workers readers;
  private final Workers writers;
  private final Workers icebergs;
  private final Workers flights;
  private final FlightService flight;
  private final Readiness readiness;
  private final String host;

  /**
   * What a server serves.
   *
   * @param token admits to administration
   * @param commands runs forwarded commands
   * @param scratch a folder for files on their way
   */
  public record Served(
      Operations project, Serving serving, String token, Commands commands, Path scratch) {}

  private PenstockServer(
      Server server,
      EventLoopGroup loops,
      Workers readers,
      Workers writers,
      Workers icebergs,
      Workers flights,
      FlightService flight,
      Readiness readiness,
      String host) {
    this.server = server;
    this.loops = loops;
    this.readers = readers;
    this.writers = writers;
    this.icebergs = icebergs;
    this.flights = flights;
    this.flight = flight;
    this.readiness = readiness;
    this.host = host;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any that is free
   * @throws PenstockException {@code UNSUPPORTED} for any but a loopback host, {@code
   *     CONFLICT_RETRY} if the port is taken
   */
  public static PenstockServer start(String host, int port, Served served) {
    return start(host, port, served, Limits.USUAL);
  }

  static PenstockServer start(String host, int port, Served served, Limits limits) {
    InetAddress address = loopback(host);
    int processors = Runtime.getRuntime().availableProcessors();
    Workers readers = new Workers("penstock-read", Math.max(4, processors), QUEUE);
    Workers writers = new Workers("penstock-write", WRITERS, QUEUE);
    Workers icebergs = new Workers("penstock-iceberg", ICEBERGS, QUEUE);
    Workers flights = new Workers("penstock-flight", FLIGHTS, QUEUE);
    EventLoopGroup loops =
        EventLoopGroups.newEventLoopGroup(Math.max(2, processors / 2), "penstock-http");
    Readiness readiness = new Readiness(served.serving());
    Metrics metrics = new Metrics();
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress(address, port))
            .bossGroupFactory(Acceptor::named)
            .workerGroup(loops, false)
            .requestTimeout(limits.request())
            .idleTimeout(limits.idle())
            .maxNumConnections(limits.connections())
            .maxRequestLength(limits.bodyBytes())
            .gracefulShutdownTimeout(QUIET, DRAIN)
            .meterRegistry(NoopMeterRegistry.get())
            .accessLogWriter(AccessLogWriter.disabled(), false)
            .disableServerHeader()
            .disableDateHeader()
            .errorHandler(new PlainErrors())
            .decorator(Guard::new);
    BodyBudget bodies = new BodyBudget(limits.waitingBytes());
    metrics.watch(bodies);
    for (Endpoint endpoint : endpoints(served, readiness, metrics)) {
      builder.service(
          route(endpoint.method(), endpoint.path()),
          new EndpointService(endpoint, readers, writers, bodies, metrics));
    }
    for (Stream stream : streams(served, readers)) {
      builder.service(route(stream.method(), stream.path()), stream.service());
    }
    builder.serviceUnder(
        IcebergService.PATH, new IcebergService(served.project(), icebergs, metrics));
    FlightService flight = new FlightService(served.project(), flights, FeastGrpc::status);
    builder.service(
        GrpcService.builder()
            .addService(new FeastGrpc(served.serving(), readers, metrics))
            .addService(flight)
            .build());
    Server server = builder.build();
    try {
      server.start().join();
    } catch (CompletionException e) {
      stop(loops);
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY,
          null,
          "cannot listen on " + host + ":" + port + ": " + cause(e).getMessage(),
          "another server may have the port; choose one with --port, or 0 for any",
          e);
    }
    return new PenstockServer(
        server, loops, readers, writers, icebergs, flights, flight, readiness, host);
  }

  /** {@code http://127.0.0.1:7310}. */
  public String address() {
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + server.activeLocalPort();
  }

  /** Takes no new requests, lets those under way end, and stops. */
  @Override
  public void close() {
    readiness.drain();
    server.stop().join();
    stop(loops);
    try {
      readers.stop(DRAIN);
      writers.stop(DRAIN);
      icebergs.stop(DRAIN);
      flights.stop(DRAIN);
      flight.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The connections are drained; what Netty would wait for on its own is over. */
  private static void stop(EventLoopGroup loops) {
    loops.shutdownGracefully(0, DRAIN.toSeconds(), TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** A route whose body or answer is streamed. */
  record Stream(HttpMethod method, String path, HttpService service) {}

  /** Every route whose request is read whole; the OpenAPI document describes them. */
  static List<Endpoint> endpoints(Served served, Readiness readiness, Metrics metrics) {
    Serving serving = served.serving();
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(new PushEndpoints(serving, metrics).endpoints());
    endpoints.addAll(new FeatureEndpoints(serving, metrics).endpoints());
    endpoints.addAll(new FeastFeaturesEndpoint(serving, metrics).endpoints());
    endpoints.addAll(new PredictionEndpoints(serving, metrics).endpoints());
    endpoints.addAll(new SiteEndpoints(served.project(), serving, readiness, metrics).endpoints());
    return endpoints;
  }

  static List<Stream> streams(Served served, Workers readers) {
    return List.of(
        new Stream(
            HttpMethod.GET, ContentService.PATH, new ContentService(served.project(), readers)),
        new Stream(
            HttpMethod.POST,
            HistoricalService.PATH,
            new HistoricalService(served.project(), served.scratch())),
        new Stream(
            HttpMethod.POST,
            ForwardedCommand.PATH,
            new CommandService(served.token(), served.commands())));
  }

  private static Route route(HttpMethod method, String path) {
    return Route.builder().methods(method).path(path).build();
  }

  private static InetAddress loopback(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isLoopbackAddress()) {
        return address;
      }
    } catch (UnknownHostException e) {
      throw new PenstockException(
          ErrorCode.USAGE, null, "there is no host '" + host + "'", "use 127.0.0.1", e);
    }
    throw new PenstockException(
        ErrorCode.UNSUPPORTED,
        host + " can be reached from other machines, and there is no authentication yet",
        "listen on 127.0.0.1, with a proxy that authenticates before it if need be");
  }

  private static Throwable cause(CompletionException e) {
    return e.getCause() == null ? e : e.getCause();
  }
}
