package dev.penstock.platform.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.format.InputFile;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.internal.definition.ProjectFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers what a project compiled to, so that nothing is parsed or compiled while its files, its
 * dimensions and the program are the same. It may be deleted at any time.
 */
public final class ManifestCache {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String programVersion;

  private ManifestCache(Path file, String programVersion) {
    this.file = file;
    this.programVersion = programVersion;
  }

  /** A kept manifest and what it was made from. */
  record Kept(String key, Manifest manifest) {}

  /**
   * The cache in a project's state folder.
   *
   * @param programVersion another for every build that may compile otherwise
   */
  public static ManifestCache in(Path stateFolder, String programVersion) {
    return new ManifestCache(stateFolder.resolve("cache/manifest.json"), programVersion);
  }

  /**
   * The manifest of the project in this folder as it is now.
   *
   * @param compile makes it when it is not known
   */
  public Manifest manifest(Path project, Supplier<Manifest> compile) {
    String key =
        Fingerprint.of(
                List.of("manifest 1", programVersion, ProjectFiles.fingerprint(project).hex()))
            .hex();
    Optional<Manifest> known = kept().filter(kept -> kept.key().equals(key)).map(Kept::manifest);
    if (known.isPresent() && hasContent(project, known.get())) {
      return known.get();
    }
    Manifest manifest = compile.get();
    keep(new Kept(key, manifest));
    return manifest;
  }

  /** Whether every dimension's file is as it was. */
  private static boolean hasContent(Path project, Manifest manifest) {
    return manifest.entries().stream()
        .map(Manifest.Entry::content)
        .allMatch(
            content ->
                content == null
                    || (Files.isRegularFile(project.resolve(content.file()))
                        && InputFile.at(project.resolve(content.file()))
                            .fingerprint()
                            .equals(content.fingerprint())));
  }

  private Optional<Kept> kept() {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Kept.class));
    } catch (JsonProcessingException e) {
      // Cut short by a crash, or of another program: it is made again.
      return Optional.empty();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void keep(Kept kept) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      Path written = Files.createTempFile(file.resolveSibling("."), "manifest", ".tmp");
      Files.write(written, JSON.writeValueAsString(kept).getBytes(StandardCharsets.UTF_8));
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private PenstockException failed(IOException e) {
    return new PenstockException(
        ErrorCode.IO,
        null,
        "the cache " + file + " failed: " + e.getMessage(),
        "it may be deleted",
        e);
  }
}
