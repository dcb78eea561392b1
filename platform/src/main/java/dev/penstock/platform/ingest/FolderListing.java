package dev.penstock.platform.ingest;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.platform.definition.RawFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in a folder, and in the folders in it. */
final class FolderListing {
  /** So many files, whose rows are held in memory, are taken in at once. */
  static final int MOST_FILES = 2_000_000;

  private FolderListing() {}

  /**
   * A file that a source takes.
   *
   * @param path in the folder, with slashes
   * @param file where its bytes are
   * @param problem why it cannot be taken; null if it can
   */
  record Listed(String path, Path file, @Nullable String problem) {}

  /**
   * The files in order of their paths. Links to files in the folder are followed, those to folders
   * and out of it are told as problems.
   *
   * @param folder a real path, of a folder
   * @param left out with all that is in it
   */
  static List<Listed> of(Path folder, RawFiles.Chosen chosen, Path left) {
    List<Listed> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
              return at.equals(left) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path at, BasicFileAttributes attributes) {
              add(at, problem(folder, at, attributes));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path at, IOException failure) {
              add(at, "cannot be read: " + failure);
              return FileVisitResult.CONTINUE;
            }

            private void add(Path at, @Nullable String problem) {
              Path path = folder.relativize(at);
              if (chosen.takes(path)) {
                files.add(new Listed(path.toString(), at, problem));
                limit(folder, files.size());
              }
            }
          });
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, Place.of(folder.toString()), "the folder cannot be read: " + e, "", e);
    }
    files.sort(Comparator.comparing(Listed::path));
    return files;
  }

  /** A file by itself, as if it were the only one in its folder. */
  static List<Listed> of(Path file, BasicFileAttributes attributes) {
    Path folder = file.getParent();
    return List.of(
        new Listed(
            String.valueOf(file.getFileName()),
            file,
            folder == null ? null : problem(folder, file, attributes)));
  }

  private static void limit(Path folder, int files) {
    if (files > MOST_FILES) {
      throw new PenstockException(
          ErrorCode.LIMIT_EXCEEDED,
          Place.of(folder.toString()),
          "there are more than " + MOST_FILES + " files here",
          "take the folders in it one by one");
    }
  }

  private static @Nullable String problem(Path folder, Path at, BasicFileAttributes attributes) {
    if (folder.relativize(at).toString().indexOf('\uFFFD') >= 0) {
      return "its name is no text in the encoding of this machine (LC_ALL=C.UTF-8 reads UTF-8)";
    }
    if (!attributes.isSymbolicLink()) {
      return attributes.isRegularFile() ? null : "it is no file with bytes of its own";
    }
    try {
      Path target = at.toRealPath();
      if (!target.startsWith(folder)) {
        return "it is a link out of the folder";
      }
      return Files.isRegularFile(target) ? null : "it is a link to a folder";
    } catch (IOException e) {
      return "it is a link that leads nowhere";
    }
  }
}
