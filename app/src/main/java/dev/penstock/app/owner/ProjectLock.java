package dev.penstock.app.owner;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to a project's state: {@code .penstock/lock}, locked for as long as the process lives,
 * with the {@link Owner} written in it. The operating system drops the lock with its process, so a
 * file that a crash left behind stops nobody.
 *
 * <p>The lock lies on a byte far behind the text: where locks are mandatory, the text stays
 * readable. Some systems drop a process's locks on a file when <em>any</em> of its channels on that
 * file is closed; so within a process the map below says what is held, and a held file is never
 * opened a second time.
 */
public final class ProjectLock implements AutoCloseable {
  private static final Map<Path, ProjectLock> HELD_HERE = new ConcurrentHashMap<>();
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
  private static final int TEXT_BYTES = 1024;
  private static final int READ_ATTEMPTS = 40;
  private static final long READ_PAUSE_MILLIS = 25;
  private static final int TOKEN_BYTES = 32;

  private final Path file;
  private final FileChannel channel;
  private volatile Owner owner;

  private ProjectLock(Path file, FileChannel channel, Owner owner) {
    this.file = file;
    this.channel = channel;
    this.owner = owner;
  }

  /** What trying for the lock gave. */
  public sealed interface Attempt {}

  public record Acquired(ProjectLock lock) implements Attempt {}

  /** Somebody else has it; the owner is null in the moment before it has written itself in. */
  public record Taken(@Nullable Owner owner) implements Attempt {}

  /** Takes the lock if it is free; never waits for it. */
  public static Attempt attempt(Workspace workspace, String command, InstantSource clock) {
    Path file = workspace.state().resolve("lock");
    try {
      Files.createDirectories(file.getParent());
      // An owner that is just coming or going has written nothing: look again shortly after.
      for (int i = 0; i < READ_ATTEMPTS; i++) {
        Attempt attempt = attemptOnce(file, command, clock);
        if (attempt instanceof Acquired
            || (attempt instanceof Taken taken && taken.owner != null)) {
          return attempt;
        }
        Thread.sleep(READ_PAUSE_MILLIS);
      }
      return new Taken(null);
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO,
          null,
          "cannot lock " + file + ": " + e.getMessage(),
          "the project's folder must be writable",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Taken(null);
    }
  }

  private static synchronized Attempt attemptOnce(Path file, String command, InstantSource clock)
      throws IOException {
    ProjectLock here = HELD_HERE.get(file);
    if (here != null) {
      return new Taken(here.owner);
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
    if (lock == null) {
      try (channel) {
        return new Taken(read(channel));
      }
    }
    channel.truncate(TEXT_BYTES);
    // The token is for this user alone.
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    String started = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    Owner owner = new Owner(ProcessHandle.current().pid(), null, newToken(), started, command);
    write(channel, owner.json());
    ProjectLock held = new ProjectLock(file, channel, owner);
    HELD_HERE.put(file, held);
    return new Acquired(held);
  }

  public Owner owner() {
    return owner;
  }

  /** Lets other processes know where commands may be sent. */
  public void publish(String address) {
    owner = owner.at(address);
    try {
      write(channel, owner.json());
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, null, "cannot write " + file + ": " + e.getMessage(), "", e);
    }
  }

  /** Gives the project free. */
  @Override
  public void close() {
    synchronized (ProjectLock.class) {
      if (HELD_HERE.remove(file, this)) {
        try (channel) {
          write(channel, "");
        } catch (IOException e) {
          throw new PenstockException(
              ErrorCode.IO, null, "cannot unlock " + file + ": " + e.getMessage(), "", e);
        }
      }
    }
  }

  /** Writes the whole text with one call, so that no reader sees a part of it. */
  private static void write(FileChannel channel, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] padded = " ".repeat(TEXT_BYTES - bytes.length).getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(TEXT_BYTES).put(bytes).put(padded).flip();
    channel.write(buffer, 0);
  }

  private static @Nullable Owner read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(TEXT_BYTES);
    int length = channel.read(buffer, 0);
    return length <= 0
        ? null
        : Owner.parse(new String(buffer.array(), 0, length, StandardCharsets.UTF_8));
  }

  private static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
