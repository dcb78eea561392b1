package dev.penstock.app.server;

import dev.penstock.platform.serve.Serving;
import dev.penstock.platform.serve.Serving.Health;
import java.util.List;

/** Whether the server should be sent requests. */
final class Readiness {
  private final Serving serving;
  private volatile boolean draining;

  Readiness(Serving serving) {
    this.serving = serving;
  }

  void drain() {
    draining = true;
  }

  Health health() {
    return draining ? new Health(List.of("shutting down"), List.of()) : serving.health();
  }
}
