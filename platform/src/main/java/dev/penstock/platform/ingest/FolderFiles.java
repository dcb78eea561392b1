package dev.penstock.platform.ingest;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.format.BadRow;
import dev.penstock.format.BatchReader;
import dev.penstock.format.FileFacts;
import dev.penstock.format.Input;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.files.StoredFile;
import dev.penstock.lake.files.StoredFiles;
import dev.penstock.lake.files.UnreadableFile;
import dev.penstock.platform.definition.RawFiles;
import dev.penstock.platform.ingest.FolderListing.Listed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Takes a folder of files into a source of files. The bytes of each file that its table does not
 * have, under that path of that folder, are kept and made durable; then there is a row of it, and
 * rows are accepted like any. Bytes are kept before rows, so a crash leaves bytes that nobody needs
 * and never a row without its bytes.
 */
public final class FolderFiles {
  private static final int PIECE = 64;

  /** More than there are cores: to force bytes to disk is to wait, and those who wait share it. */
  private static final int THREADS = 16;

  private final LakeTable log;
  private final StoredFiles stored;
  private final RawFiles.Chosen chosen;
  private final Path left;
  private final Instant now;
  private final Map<Named, String> known = new HashMap<>();

  /** Of one folder, which a source may take several of. */
  private record Named(String folder, String path) {}

  /**
   * For one source.
   *
   * @param log its table, with all that was accepted
   * @param left a folder that is left out, wherever it is
   * @param now from when the age of what is kept counts
   */
  public FolderFiles(LakeTable log, StoredFiles stored, RawFiles files, Path left, Instant now) {
    this.log = log;
    this.stored = stored;
    this.chosen = files.chosen();
    this.left = left;
    this.now = now;
    learn();
  }

  /**
   * What is new at a path.
   *
   * @param input the new rows; empty when there are none
   * @param unchanged how many files are as the table has them
   */
  public record Found(Optional<Input> input, long unchanged) {}

  /** The newest content under each path. */
  private void learn() {
    if (log.currentSnapshot().isEmpty()) {
      return;
    }
    Map<String, String> folders = new HashMap<>();
    try (BatchReader rows = log.scan().columns(List.of("folder", "path", "sha256")).open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          String folder = text(batch, 0, row);
          known.put(
              new Named(folders.computeIfAbsent(folder, same -> same), text(batch, 1, row)),
              text(batch, 2, row));
        }
      }
    }
  }

  private static String text(Batch batch, int column, int row) {
    return String.valueOf(batch.column(column).value(row));
  }

  /**
   * Keeps what is new in a folder, or a file.
   *
   * @param before how often the source took files in
   * @throws PenstockException {@code FILE_NOT_FOUND}, {@code LIMIT_EXCEEDED}, {@code IO} when bytes
   *     cannot be written
   */
  public Found keep(Path path, long before) {
    Path folder = real(path);
    List<Listed> listed;
    if (Files.isDirectory(folder)) {
      listed = FolderListing.of(folder, chosen, left);
    } else {
      listed = FolderListing.of(folder, attributes(folder));
      folder = folder.getParent() == null ? folder : folder.getParent();
    }
    String shown = folder.toString();
    AtomicReferenceArray<@Nullable Judged> results = new AtomicReferenceArray<>(listed.size());
    List<Runnable> pieces = new ArrayList<>();
    for (int from = 0; from < listed.size(); from += PIECE) {
      int start = from;
      pieces.add(
          () -> {
            for (int i = start; i < Math.min(start + PIECE, listed.size()); i++) {
              results.set(i, judged(shown, listed.get(i)));
            }
          });
    }
    sideBySide(pieces);
    return found(path, before, results);
  }

  /** Runs all pieces, also where one of them fails, so that nothing is kept any more afterwards. */
  private static void sideBySide(List<Runnable> pieces) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CompletableFuture.allOf(
              pieces.stream()
                  .map(piece -> CompletableFuture.runAsync(piece, threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PenstockException known) {
        throw known;
      }
      throw e;
    } finally {
      threads.shutdown();
    }
  }

  private Found found(Path path, long before, AtomicReferenceArray<@Nullable Judged> results) {
    List<FileRow> rows = new ArrayList<>();
    List<BadRow> refused = new ArrayList<>();
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < results.length(); i++) {
      Judged result = results.get(i);
      if (result instanceof New found) {
        rows.add(found.row());
        hashes.add(found.row().content().sha256());
      } else if (result instanceof Refused one) {
        long number = refused.size() + 1L;
        refused.add(new BadRow(number, number, one.path(), one.path() + ": " + one.why()));
      }
    }
    stored.sync(hashes);
    long unchanged = results.length() - rows.size() - (long) refused.size();
    return rows.isEmpty() && refused.isEmpty()
        ? new Found(Optional.empty(), unchanged)
        : new Found(
            Optional.of(new FolderInput(String.valueOf(path.getFileName()), before, rows, refused)),
            unchanged);
  }

  /** What a file is to the table. */
  private sealed interface Judged {}

  private record New(FileRow row) implements Judged {}

  private record Refused(String path, String why) implements Judged {}

  private record Unchanged() implements Judged {}

  private Judged judged(String folder, Listed listed) {
    String problem = listed.problem();
    if (problem != null) {
      return new Refused(listed.path(), problem);
    }
    try {
      Path file = listed.file();
      String before = known.get(new Named(folder, listed.path()));
      if (before != null && before.equals(StoredFiles.content(file).sha256())) {
        return new Unchanged();
      }
      long modified = Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS);
      StoredFile content = stored.keep(file, now);
      FileFacts facts = FileFacts.of(stored.file(content.sha256()), listed.path());
      return new New(new FileRow(folder, listed.path(), content, facts, modified));
    } catch (UnreadableFile e) {
      return new Refused(listed.path(), e.why());
    } catch (IOException e) {
      return new Refused(listed.path(), e.toString());
    }
  }

  private static BasicFileAttributes attributes(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw missing(file, e);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw missing(path, e);
    }
  }

  private static PenstockException missing(Path path, IOException cause) {
    return new PenstockException(
        ErrorCode.FILE_NOT_FOUND,
        Place.of(path.toString()),
        "there is no such file or folder",
        "",
        cause);
  }
}
