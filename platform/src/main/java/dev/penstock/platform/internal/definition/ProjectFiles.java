package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.definition.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that define a project: every {@code .yaml}, {@code .yml} and {@code .sql} below its
 * folder, but for hidden folders and the top folder {@code data}.
 */
public final class ProjectFiles {
  private static final int MOST_FILES = 10_000;
  private static final long MOST_BYTES = 3_000_000;
  private static final String DATA = "data";

  private ProjectFiles() {}

  /** Contents of the YAML files by name, which is relative to the project and uses {@code /}. */
  static Map<String, String> yaml(Path folder) {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : find(folder)) {
      String name = name(folder, file);
      if (!name.endsWith(".sql")) {
        texts.put(name, new String(bytes(file), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  /** Of the names and bytes of all files that define the project. */
  public static Fingerprint fingerprint(Path folder) {
    List<String> parts = new ArrayList<>();
    for (Path file : find(folder)) {
      parts.add(name(folder, file));
      parts.add(HexFormat.of().formatHex(bytes(file)));
    }
    return Fingerprint.of(parts);
  }

  /** The file that a definition names, which must be there and inside the project. */
  static Optional<Path> inside(Path folder, Written name, Problems problems) {
    Path path = folder.resolve(name.text()).normalize();
    if (!path.startsWith(folder.normalize())) {
      problems.add(
          ErrorCode.DEFINITION_VALUE,
          name.place(),
          "'" + name + "' is outside of the project",
          "name a file below the folder of penstock.yaml");
      return Optional.empty();
    }
    if (!Files.isRegularFile(path)) {
      problems.add(
          ErrorCode.FILE_NOT_FOUND,
          name.place(),
          "there is no file '" + name + "'",
          "paths are relative to the folder of penstock.yaml");
      return Optional.empty();
    }
    return Optional.of(path);
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static List<Path> find(Path folder) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              Path name = path.getFileName();
              boolean skipped =
                  !path.equals(folder)
                      && name != null
                      && (name.toString().startsWith(".") || path.equals(folder.resolve(DATA)));
              return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              String name = String.valueOf(path.getFileName());
              if (attributes.isRegularFile()
                  && !name.startsWith(".")
                  && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".sql"))) {
                found.add(path);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, null, "the project's folder cannot be read: " + e.getMessage(), "", e);
    }
    if (found.size() > MOST_FILES) {
      throw new PenstockException(
          ErrorCode.LIMIT_EXCEEDED,
          "the project has " + found.size() + " definition files, more than " + MOST_FILES,
          "keep other YAML files in data/ or a hidden folder");
    }
    found.sort(null);
    return found;
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new PenstockException(
            ErrorCode.LIMIT_EXCEEDED,
            "the file " + file.getFileName() + " has more than " + MOST_BYTES + " bytes",
            "keep other YAML files in data/ or a hidden folder");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, null, "the file " + file + " cannot be read: " + e.getMessage(), "", e);
    }
  }
}
