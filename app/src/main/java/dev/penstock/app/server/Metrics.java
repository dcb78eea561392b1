package dev.penstock.app.server;

import com.linecorp.armeria.common.HttpMethod;
import dev.penstock.platform.serve.Intake;
import dev.penstock.platform.serve.Serving;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the server counts, in the form Prometheus reads. */
final class Metrics {
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<TimerKey, Timer> timers = new ConcurrentHashMap<>();
  private final Map<CounterKey, Counter> counters = new ConcurrentHashMap<>();

  private record TimerKey(HttpMethod method, String route, int status) {}

  private record CounterKey(String name, String label, String value, String outcome) {}

  /** A request was answered. */
  void answered(HttpMethod method, String route, int status, long nanos) {
    timers
        .computeIfAbsent(
            new TimerKey(method, route, status),
            key ->
                Timer.builder("penstock.http.requests")
                    .description("Requests, from the whole request read to the answer written")
                    .tag("method", method.name())
                    .tag("route", route)
                    .tag("status", Integer.toString(status))
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry))
        .record(Duration.ofNanos(nanos));
  }

  /** What the requests at work take is a gauge. */
  void watch(BodyBudget bodies) {
    Gauge.builder("penstock.http.body.bytes", bodies, BodyBudget::taken)
        .description("Bytes of requests that are being read, wait or are worked on")
        .register(registry);
  }

  void pushed(String source, Intake.Receipt receipt) {
    count("penstock.rows", "source", source, "accepted", receipt.accepted());
    count("penstock.rows", "source", source, "duplicate", receipt.duplicates());
    count("penstock.rows", "source", source, "quarantined", receipt.quarantined().size());
  }

  void featuresRead(int rows) {
    count("penstock.reads", "kind", "features", "answered", rows);
  }

  void predicted(String model, int rows) {
    count("penstock.predictions", "model", model, "answered", rows);
  }

  void outcomes(String model, Serving.OutcomeReceipt receipt) {
    count("penstock.outcomes", "model", model, "recorded", receipt.recorded());
    count("penstock.outcomes", "model", model, "unknown", receipt.unknown().size());
  }

  private void count(String name, String label, String value, String outcome, int more) {
    counters
        .computeIfAbsent(
            new CounterKey(name, label, value, outcome),
            key ->
                Counter.builder(name).tag(label, value).tag("outcome", outcome).register(registry))
        .increment(more);
  }

  /** The text that Prometheus scrapes: what was counted here, and the project's gauges. */
  String scrape(List<Serving.Gauge> gauges) {
    StringBuilder text = new StringBuilder(registry.scrape());
    Map<String, StringBuilder> byName = new LinkedHashMap<>();
    for (Serving.Gauge gauge : gauges) {
      byName
          .computeIfAbsent(gauge.name(), Metrics::type)
          .append(gauge.name())
          .append(
              gauge.label().isEmpty()
                  ? ""
                  : "{" + gauge.label() + "=\"" + escaped(gauge.labelValue()) + "\"}")
          .append(' ')
          .append(gauge.value())
          .append('\n');
    }
    byName.values().forEach(text::append);
    return text.toString();
  }

  private static StringBuilder type(String name) {
    String type = name.endsWith("_total") ? "counter" : "gauge";
    return new StringBuilder("# TYPE " + name + " " + type + "\n");
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
