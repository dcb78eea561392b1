package dev.penstock.app.memory;

import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Opener;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens projects whose definitions are fixed and whose rows are gone with the process. */
public final class MemoryOpener implements Opener {
  private final @Nullable IcebergRest iceberg;

  public MemoryOpener() {
    this(null);
  }

  /** Opens projects that have this catalog. */
  public MemoryOpener(@Nullable IcebergRest iceberg) {
    this.iceberg = iceberg;
  }

  @Override
  public Operations open(Workspace workspace, InstantSource wallClock) {
    return new MemoryProject(wallClock, iceberg);
  }

  @Override
  public Answer init(Path folder, List<Path> samples) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("penstock.yaml"), "project: " + folder.getFileName() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answer.of("made " + folder + " from " + samples.size() + " files");
  }
}
