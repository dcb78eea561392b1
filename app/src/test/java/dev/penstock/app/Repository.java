package dev.penstock.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout the tests run in. */
final class Repository {
  static final Path ROOT = root();

  private Repository() {}

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("mvnw"))) {
      at = at.getParent();
    }
    return at;
  }
}
