package dev.penstock.platform.definition;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files of a folder a source of files takes. A pattern without a slash is matched with the
 * file's name, another with its path in the folder; what {@code !} stands before is left out,
 * whatever else takes it.
 *
 * @param patterns as they are written
 */
public record RawFiles(List<Written> patterns) {
  /** The columns of every source of files. */
  public static final Schema COLUMNS =
      Schema.of(
          Field.required("path", Scalar.STRING),
          Field.required("media_type", Scalar.STRING),
          Field.required("size", Scalar.INT64),
          Field.required("sha256", Scalar.STRING),
          Field.required("folder", Scalar.STRING),
          Field.required("modified", Scalar.TIMESTAMP),
          Field.of("width", Scalar.INT32),
          Field.of("height", Scalar.INT32),
          Field.of("seconds", Scalar.FLOAT64));

  /** When a file happened, unless its source says otherwise. */
  public static final String EVENT_TIME = "modified";

  private static final String NOT = "!";
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  /**
   * Checks the patterns.
   *
   * @throws IllegalArgumentException if one is none
   */
  public RawFiles {
    patterns = List.copyOf(patterns);
    patterns.forEach(pattern -> check(pattern.text()));
  }

  /** Says what is wrong with a pattern. */
  public static void check(String pattern) {
    matcher(pattern.startsWith(NOT) ? pattern.substring(1) : pattern);
  }

  /** Tells which files are taken. */
  public Chosen chosen() {
    List<String> texts = patterns.stream().map(Written::text).toList();
    List<PathMatcher> out =
        texts.stream()
            .filter(text -> text.startsWith(NOT))
            .map(text -> matcher(text.substring(1)))
            .toList();
    List<PathMatcher> in =
        texts.stream().filter(text -> !text.startsWith(NOT)).map(RawFiles::matcher).toList();
    return path -> {
      Path line = onOneLine(path);
      return (in.isEmpty() || in.stream().anyMatch(pattern -> pattern.matches(line)))
          && out.stream().noneMatch(pattern -> pattern.matches(line));
    };
  }

  /** For the file system no pattern takes a line break. */
  private static Path onOneLine(Path path) {
    String text = path.toString();
    String line = LINE_BREAK.matcher(text).replaceAll(" ");
    return line.equals(text) ? path : Path.of(line);
  }

  /** Whether a file is taken, by its path in the folder. */
  public interface Chosen {
    boolean takes(Path path);
  }

  private static PathMatcher matcher(String pattern) {
    if (pattern.isBlank() || pattern.startsWith("/")) {
      throw new IllegalArgumentException(
          "'" + pattern + "' is no pattern for paths in a folder, like *.jpg or scans/**");
    }
    if (pattern.indexOf('/') < 0 && !pattern.equals("**")) {
      PathMatcher name = glob(pattern);
      return path -> name.matches(path.getFileName());
    }
    PathMatcher whole = glob(pattern);
    if (!pattern.startsWith("**/")) {
      return whole;
    }
    // For the file system **/ is at least one folder; for people it may be none.
    PathMatcher top = glob(pattern.substring(3));
    return path -> whole.matches(path) || top.matches(path);
  }

  private static PathMatcher glob(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }
}
