package dev.penstock.lake.internal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.jspecify.annotations.Nullable;

/**
 * Iceberg's files on a local disk. A file that was closed is durable, and so is its name: a commit
 * never points at what a power cut could take away.
 */
public final class LocalFileIo implements FileIO, SupportsBulkOperations {
  private static final long serialVersionUID = 1;

  /** The path of a location, written as a path or as a {@code file:} URI. */
  public static Path path(String location) {
    return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
  }

  /** The canonical location of a path. */
  public static String location(Path path) {
    String uri = path.toAbsolutePath().normalize().toUri().toString();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }

  /** Makes the names in a folder durable. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes a folder, and those above it that are missing, with durable names. */
  public static void createFolders(@Nullable Path folder) throws IOException {
    if (folder != null && !Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      createFolders(parent);
      Files.createDirectories(folder);
      if (parent != null) {
        sync(parent);
      }
    }
  }

  @Override
  public InputFile newInputFile(String location) {
    return new Input(location);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new Output(location);
  }

  @Override
  public void deleteFile(String location) {
    try {
      Files.deleteIfExists(path(location));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One after the other: to unlink a file takes less than to hand it to another thread. */
  @Override
  public void deleteFiles(Iterable<String> locations) {
    locations.forEach(this::deleteFile);
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  @Override
  public void initialize(Map<String, String> properties) {}

  /** A file under the very location it was asked for: the catalog compares locations as text. */
  private record Input(String location) implements InputFile {
    @Override
    public long getLength() {
      return file().getLength();
    }

    @Override
    public SeekableInputStream newStream() {
      return file().newStream();
    }

    @Override
    public boolean exists() {
      return Files.exists(path(location));
    }

    private InputFile file() {
      return org.apache.iceberg.Files.localInput(path(location).toFile());
    }
  }

  private record Output(String location) implements OutputFile {
    @Override
    public PositionOutputStream create() {
      if (Files.exists(path(location))) {
        throw new AlreadyExistsException("%s exists already", location);
      }
      return createOrOverwrite();
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      try {
        createFolders(path(location).getParent());
        return new SyncedStream(path(location));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public InputFile toInputFile() {
      return new Input(location);
    }
  }

  /** Syncs file and folder when closed. */
  private static final class SyncedStream extends PositionOutputStream {
    private final Path path;
    private final FileOutputStream file;
    private long position;
    private boolean closed;

    SyncedStream(Path path) throws IOException {
      this.path = path;
      this.file = new FileOutputStream(path.toFile());
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      file.write(b);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (file) {
        file.getFD().sync();
      }
      Path folder = path.getParent();
      if (folder != null) {
        sync(folder);
      }
    }
  }
}
