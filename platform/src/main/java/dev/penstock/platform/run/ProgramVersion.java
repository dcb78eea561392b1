package dev.penstock.platform.run;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells builds of this program apart. */
final class ProgramVersion {
  /** Another text for every build. */
  static final String TEXT = text();

  private ProgramVersion() {}

  private static String text() {
    try {
      Path code =
          Path.of(ProgramVersion.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.getLastModifiedTime(code).toString();
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("this program cannot find its own code", e);
    }
  }
}
