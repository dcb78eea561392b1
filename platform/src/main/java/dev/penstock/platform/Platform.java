package dev.penstock.platform;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Opener;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import dev.penstock.platform.run.InitOperation;
import dev.penstock.platform.run.ProjectOperations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The embedded artifact: {@code new Platform().open(workspace, clock)} is a whole platform. */
public final class Platform implements Opener {
  @Override
  public Operations open(Workspace workspace, InstantSource wallClock) {
    if (!Files.isDirectory(workspace.folder())) {
      throw new PenstockException(
          ErrorCode.FILE_NOT_FOUND,
          "there is no folder " + workspace.folder(),
          "make a project with penstock init DIR");
    }
    return new ProjectOperations(new OpenProject(workspace, wallClock));
  }

  @Override
  public Answer init(Path folder, List<Path> samples) {
    return InitOperation.run(folder, samples);
  }
}
