package dev.penstock.app.replay;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How far a replay has come, in a small file that is replaced at each stop before its questions are
 * asked. So all rows known before the noted stop are on the server, and no question after it was
 * asked.
 */
final class ReplayProgress {
  private static final String UNTIL = "until";
  private static final String POSITION = "position.";

  private final Path file;

  /**
   * The progress of one replay.
   *
   * @param replay names the replay by what it pushes and asks
   */
  ReplayProgress(Path folder, Fingerprint replay) {
    this.file = folder.resolve("replay-" + replay.shown() + ".properties");
  }

  /**
   * A stop that was reached.
   *
   * @param until all rows known before this moment, microseconds, have been pushed
   * @param positions how far each source reached on the server then
   */
  record Done(long until, Map<String, Positions> positions) {
    /** Whether a server that reaches so far has these rows: it was not set up anew since. */
    boolean isTrueOf(Map<String, Positions> standing) {
      return positions.entrySet().stream()
          .allMatch(
              entry -> {
                Positions there = standing.getOrDefault(entry.getKey(), Positions.NONE);
                return entry.getValue().next().entrySet().stream()
                    .allMatch(part -> there.next(part.getKey()) >= part.getValue());
              });
    }
  }

  /** The last stop; empty where no such replay was begun. */
  Optional<Done> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties noted = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      noted.load(reader);
    } catch (IOException e) {
      throw failed(e);
    }
    Map<String, Positions> positions = new LinkedHashMap<>();
    for (String name : noted.stringPropertyNames()) {
      if (name.startsWith(POSITION)) {
        positions.put(name.substring(POSITION.length()), Positions.parse(noted.getProperty(name)));
      }
    }
    return Optional.of(new Done(Long.parseLong(noted.getProperty(UNTIL)), positions));
  }

  /** Notes a stop in place of the last. */
  void write(Done done) {
    Properties noted = new Properties();
    noted.setProperty(UNTIL, Long.toString(done.until()));
    done.positions().forEach((source, at) -> noted.setProperty(POSITION + source, at.toString()));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (Writer writer = Files.newBufferedWriter(next)) {
        noted.store(writer, null);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private PenstockException failed(IOException cause) {
    return new PenstockException(
        ErrorCode.IO, null, "the replay's progress cannot be kept in " + file, "", cause);
  }
}
