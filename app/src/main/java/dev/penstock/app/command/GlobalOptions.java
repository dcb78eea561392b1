package dev.penstock.app.command;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options every command takes. */
public final class GlobalOptions {
  private static final String PROJECT_FILE = "penstock.yaml";

  @Option(
      names = "--project",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "The project's folder. Default: this folder, or the nearest above, with a "
              + PROJECT_FILE
              + ".")
  private @Nullable Path project;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      defaultValue = Workspace.LOCAL,
      description = "One of the project's environments. Default: ${DEFAULT-VALUE}.")
  private String environment = Workspace.LOCAL;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON, errors too.")
  private boolean json;

  public boolean json() {
    return json;
  }

  /**
   * The project meant.
   *
   * @throws PenstockException {@code NOT_FOUND} if there is none
   */
  public Workspace workspace(Path folder) {
    Path root = project == null ? nearest(folder) : folder.resolve(project);
    if (root == null || !Files.exists(root.resolve(PROJECT_FILE))) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          "there is no " + PROJECT_FILE + " in " + (root == null ? folder + " or above" : root),
          "name a project with --project DIR, or make one with penstock init DIR");
    }
    try {
      return new Workspace(root.toRealPath(), environment);
    } catch (IOException e) {
      throw new PenstockException(ErrorCode.IO, null, "cannot read " + root, "", e);
    }
  }

  private static @Nullable Path nearest(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(PROJECT_FILE))) {
        return at;
      }
    }
    return null;
  }
}
