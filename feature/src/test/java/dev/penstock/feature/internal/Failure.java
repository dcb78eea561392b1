package dev.penstock.feature.internal;

import java.util.Optional;

/** A case that fails, and what is said of it. */
final class Failure {
  private static final String RERUN =
      "./mvnw -pl feature -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dpenstock.seed=";

  private Failure() {}

  /** Runs a case: how it failed, if it did. */
  static Optional<Throwable> of(Case of, Kernel kernel, HostileRun met) {
    try {
      new Simulation(of, kernel, met).run();
      return Optional.empty();
    } catch (RuntimeException | AssertionError failure) {
      return Optional.of(failure);
    }
  }

  /** The least case that fails in the same way. */
  static Case shrunk(Case failing, Kernel kernel) {
    Class<?> way = of(failing, kernel, new HostileRun()).orElseThrow().getClass();
    return Shrinking.of(
        failing,
        smaller -> of(smaller, kernel, new HostileRun()).filter(way::isInstance).isPresent());
  }

  /** The least case in words, with its seed and how to run that again. */
  static AssertionError explained(Case failing, Kernel kernel) {
    Throwable first = of(failing, kernel, new HostileRun()).orElseThrow();
    Case least = shrunk(failing, kernel);
    Throwable failure = of(least, kernel, new HostileRun()).orElseThrow();
    return new AssertionError(
        "seed "
            + failing.seed()
            + (", shrunk from " + sizes(failing) + ":\n")
            + failure.getMessage()
            + ("\n" + least + "\n")
            + ("rerun: " + RERUN + failing.seed()),
        first);
  }

  private static String sizes(Case of) {
    return of.rows().size()
        + " rows, "
        + of.view().features().size()
        + " features, "
        + of.queries().size()
        + " questions";
  }
}
