package dev.penstock.lake;

import dev.penstock.lake.internal.LocalFileIo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The name that a project's state on this disk has in a database. It is on the disk before the
 * database hears of it, and says whether the database did, so that a crash at any point leaves
 * neither with a name that the other does not know.
 *
 * @param folder where it is written
 * @param known whether a database has it
 */
record StateId(Path folder, String text, boolean known) {
  private static final String FILE = "catalog.id";
  private static final String NEW_FILE = "catalog.id.new";

  static boolean isKnown(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /** The state's name, which is made if it has none. */
  static StateId in(Path folder) {
    Path known = folder.resolve(FILE);
    Path fresh = folder.resolve(NEW_FILE);
    try {
      if (Files.exists(known)) {
        return new StateId(folder, Files.readString(known).strip(), true);
      }
      String id = Files.exists(fresh) ? Files.readString(fresh).strip() : "";
      StateId made = new StateId(folder, id.isEmpty() ? write(fresh) : id, false);
      LocalFileIo.sync(folder);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(Path file) throws IOException {
    String id = UUID.randomUUID().toString();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return id;
  }

  /** Notes that the database has it. */
  void confirm() {
    if (known) {
      return;
    }
    try {
      Files.move(folder.resolve(NEW_FILE), folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
      LocalFileIo.sync(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
