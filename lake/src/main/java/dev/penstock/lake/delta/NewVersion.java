package dev.penstock.lake.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.lake.internal.LocalFileIo;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/** A version of a table that is there as a whole or not at all, and never in the place of one. */
record NewVersion(Path log, String name) {
  static NewVersion of(Path log, long version) {
    return new NewVersion(log, String.format("%020d.json", version));
  }

  /**
   * Writes it; durable when this returns.
   *
   * @throws PenstockException {@code CONFLICT_RETRY} if there is such a version
   */
  void write(List<ObjectNode> actions) {
    String text = actions.stream().map(action -> action + "\n").collect(Collectors.joining());
    try {
      LocalFileIo.createFolders(log);
      Path draft = Files.createTempFile(log, "." + name, ".tmp");
      try {
        Files.writeString(draft, text, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        // A link fails where a rename would replace: two writers never both succeed.
        Files.createLink(log.resolve(name), draft);
      } finally {
        Files.deleteIfExists(draft);
      }
      LocalFileIo.sync(log);
    } catch (FileAlreadyExistsException e) {
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY,
          null,
          log.resolve(name) + " was written by somebody else",
          "run the same command again",
          e);
    } catch (IOException | UnsupportedOperationException e) {
      throw new PenstockException(
          ErrorCode.IO,
          Place.of(log.resolve(name).toString()),
          "the version cannot be written: " + e.getMessage(),
          "a folder is needed that can be written to, on a file system with hard links",
          e);
    }
  }
}
