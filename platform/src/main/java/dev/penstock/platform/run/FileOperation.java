package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.lake.files.StoredFile;
import dev.penstock.lake.files.StoredFiles;
import dev.penstock.lake.files.UnreadableFile;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.KeptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code penstock files get}: the bytes behind a row of a source of files. */
final class FileOperation {
  private final OpenProject project;

  FileOperation(OpenProject project) {
    this.project = project;
  }

  Answer run(KeptFile request) {
    if (project.compiled().source(request.source()).definition().files() == null) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "'" + request.source() + "' is no source of files",
          "its rows are read with penstock sql");
    }
    String hash = hash(request);
    Path kept = project.files().file(hash);
    Path out = request.out();
    Path part = out.resolveSibling(out.getFileName() + ".part");
    try {
      Files.copy(kept, part, StandardCopyOption.REPLACE_EXISTING);
      StoredFile copied = StoredFiles.content(part);
      if (!copied.sha256().equals(hash)) {
        throw new PenstockException(
            ErrorCode.STATE_CORRUPT,
            Place.of(kept.toString()),
            "has other bytes than were kept: its content is " + copied.sha256(),
            "the disk is damaged; take the file in again where you have it");
      }
      Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
      return Answer.of("wrote " + copied.bytes() + " bytes to " + out);
    } catch (IOException | UnreadableFile e) {
      throw new PenstockException(
          ErrorCode.IO,
          Place.of(out.toString()),
          "cannot be written: " + e.getMessage(),
          "does its folder exist?",
          e);
    } finally {
      try {
        Files.deleteIfExists(part);
      } catch (IOException e) {
        part.toFile().deleteOnExit();
      }
    }
  }

  /** The newest content under that path, or that content if the table has it. */
  private String hash(KeptFile request) {
    LakeTable table = project.table(request.source());
    boolean byHash = StoredFiles.isHash(request.file());
    Map<String, String> folders = new LinkedHashMap<>();
    Ref state = state(table, request.asOf());
    if (state != null) {
      try (BatchReader rows =
          table
              .scan()
              .at(state)
              .columns(List.of("folder", "sha256"))
              .where(Condition.equal(byHash ? "sha256" : "path", request.file()))
              .open()) {
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
          for (int row = 0; row < batch.rows(); row++) {
            folders.put(
                byHash ? "" : String.valueOf(batch.column(0).value(row)),
                String.valueOf(batch.column(1).value(row)));
          }
        }
      }
    }
    if (folders.isEmpty()) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          "'" + request.source() + "' has no file '" + request.file() + "'",
          "a path is written as the column path has it, in the folder that was taken in");
    }
    if (folders.size() > 1) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "'" + request.file() + "' is in " + folders.size() + " folders: " + folders.keySet(),
          "name its sha256 instead");
    }
    return folders.values().iterator().next();
  }

  private @Nullable Ref state(LakeTable table, @Nullable String asOf) {
    if (asOf != null) {
      return new PastStates(project).of(table, asOf);
    }
    return table.currentSnapshot().isEmpty() ? null : Ref.current();
  }
}
