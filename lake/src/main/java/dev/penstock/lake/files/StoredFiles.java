package dev.penstock.lake.files;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.lake.internal.LocalFileIo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files kept under their content, each once: {@code ab/cdef…}, the SHA-256 in hexadecimal digits. A
 * name is there only when all bytes are on disk, so what a crash leaves is a file without a name,
 * and to keep a file twice is to keep it once. Thread-safe.
 */
public final class StoredFiles {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final String WRITING = "writing";
  private static final String PART = ".part";
  private static final int ATTEMPTS = 3;

  private final Path root;

  private StoredFiles(Path root) {
    this.root = root;
  }

  /** Those in a folder, which is made when the first is kept. */
  public static StoredFiles in(Path root) {
    return new StoredFiles(root.toAbsolutePath().normalize());
  }

  /** Whether this is how a content is named. */
  public static boolean isHash(String text) {
    return HASH.matcher(text).matches();
  }

  /**
   * The file with this content. It never changes.
   *
   * @throws PenstockException {@code USAGE} if this is no SHA-256, {@code NOT_FOUND} if no such
   *     content is kept
   */
  public Path file(String sha256) {
    if (!isHash(sha256)) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "'" + sha256 + "' is no SHA-256",
          "it has 64 digits from 0 to 9 and a to f");
    }
    Path place = place(sha256);
    if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND, "no file with the content " + sha256 + " is kept", "");
    }
    return place;
  }

  /** Which content a file has now; keeps nothing. */
  public static StoredFile content(Path file) throws UnreadableFile {
    try {
      return Content.read(file, (bytes, length) -> {});
    } catch (IOException e) {
      throw new UnreadableFile(e.toString(), e);
    }
  }

  /**
   * Keeps what is in a file. Its bytes are on disk when this returns; its name is after {@link
   * #sync}. A file that is kept already is as young as one that was just written.
   *
   * @throws UnreadableFile if it cannot be read, or has other bytes each time
   * @throws PenstockException {@code IO} if the bytes cannot be written
   */
  public StoredFile keep(Path file, Instant now) throws UnreadableFile {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      StoredFile content = content(file);
      Path place = place(content.sha256());
      try {
        if (isWhole(place, content) || copy(file, content, place)) {
          Files.setLastModifiedTime(place, FileTime.from(now));
          return content;
        }
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
    throw new UnreadableFile("it changes while it is read", null);
  }

  private static boolean isWhole(Path place, StoredFile content) throws IOException {
    return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
        && Files.size(place) == content.bytes();
  }

  /** Copies the file if it still has that content. */
  private boolean copy(Path file, StoredFile content, Path place)
      throws UnreadableFile, IOException {
    LocalFileIo.createFolders(root.resolve(WRITING));
    Path part = Files.createTempFile(root.resolve(WRITING), "", PART);
    try {
      StoredFile copied;
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        copied = Content.read(file, (bytes, length) -> out.write(bytes, 0, length));
        channel.force(true);
      }
      if (!copied.equals(content)) {
        return false;
      }
      LocalFileIo.createFolders(place.getParent());
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Makes the names of these contents durable. */
  public void sync(Set<String> hashes) {
    Set<Path> folders = new TreeSet<>();
    hashes.forEach(hash -> folders.add(place(hash).getParent()));
    try {
      for (Path folder : folders) {
        LocalFileIo.sync(folder);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Whether a sweep deletes. */
  public enum Intent {
    DRY_RUN,
    RUN
  }

  /** How many files a sweep deleted, or would delete. */
  public record Swept(long files, long bytes) {}

  /**
   * Deletes the contents that nobody needs, and what a crash left half written. Nothing may be kept
   * meanwhile.
   *
   * @param needed contents that stay
   * @param before younger ones stay too
   */
  public Swept sweep(Set<String> needed, Instant before, Intent intent) {
    long files = 0;
    long bytes = 0;
    try {
      for (Path folder : children(root)) {
        for (Path file : children(folder)) {
          BasicFileAttributes now =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          if (now.isRegularFile()
              && isOurs(folder, file)
              && !needed.contains(folder.getFileName() + "" + file.getFileName())
              && now.lastModifiedTime().toInstant().isBefore(before)) {
            files++;
            bytes += now.size();
            if (intent == Intent.RUN) {
              Files.delete(file);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, Place.of(root.toString()), "files cannot be deleted: " + e, "", e);
    }
    return new Swept(files, bytes);
  }

  private boolean isOurs(Path folder, Path file) {
    return folder.equals(root.resolve(WRITING))
        ? file.toString().endsWith(PART)
        : isHash(folder.getFileName() + "" + file.getFileName());
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> listed = Files.list(folder)) {
      return listed.toList();
    }
  }

  private Path place(String sha256) {
    return root.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
  }

  private PenstockException unwritable(IOException cause) {
    return new PenstockException(
        ErrorCode.IO,
        Place.of(root.toString()),
        "a file cannot be kept here: " + cause,
        "make room on the disk and run the command again: it goes on where it stopped",
        cause);
  }
}
