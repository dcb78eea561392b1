package dev.penstock.lake.delta;

import io.delta.kernel.engine.FileReadRequest;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table's files on the local disk, for reading. Commits and checkpoints are listed; checksums are
 * not, as the log says the same.
 */
final class LogFiles implements FileSystemClient {
  @Override
  public CloseableIterator<FileStatus> listFrom(String from) throws IOException {
    Path first = Path.of(from);
    Path folder = first.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new FileNotFoundException(String.valueOf(folder));
    }
    String least = String.valueOf(first.getFileName());
    try (Stream<Path> entries = Files.list(folder)) {
      List<FileStatus> found =
          entries
              .filter(Files::isRegularFile)
              .filter(path -> name(path).compareTo(least) >= 0 && isOfLog(name(path)))
              .sorted((a, b) -> name(a).compareTo(name(b)))
              .map(LogFiles::status)
              .toList();
      return Utils.toCloseableIterator(found.iterator());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isOfLog(String name) {
    return name.matches("[0-9]{20}\\.(json|checkpoint\\..*)");
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static FileStatus status(Path path) {
    try {
      return FileStatus.of(
          path.toString(), Files.size(path), Files.getLastModifiedTime(path).toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String resolvePath(String path) {
    return path;
  }

  @Override
  public CloseableIterator<ByteArrayInputStream> readFiles(
      CloseableIterator<FileReadRequest> requests) {
    return requests.map(LogFiles::read);
  }

  private static ByteArrayInputStream read(FileReadRequest request) {
    ByteBuffer bytes = ByteBuffer.allocate(request.getReadLength());
    try (FileChannel file = FileChannel.open(DeltaTable.local(request.getPath()))) {
      while (bytes.hasRemaining()) {
        if (file.read(bytes, request.getStartOffset() + (long) bytes.position()) < 0) {
          throw new EOFException(request.getPath() + " ends at " + file.size());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ByteArrayInputStream(bytes.array());
  }

  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    Path file = Path.of(path);
    if (!Files.exists(file) || !isOfLog(name(file))) {
      throw new FileNotFoundException(path);
    }
    return status(file);
  }

  @Override
  public boolean mkdirs(String path) {
    throw new UnsupportedOperationException("tables are only read");
  }

  @Override
  public boolean delete(String path) {
    throw new UnsupportedOperationException("tables are only read");
  }

  @Override
  public void copyFileAtomically(String from, String to, boolean overwrite) {
    throw new UnsupportedOperationException("tables are only read");
  }
}
