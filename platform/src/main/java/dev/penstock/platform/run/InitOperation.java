package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.InputFile;
import dev.penstock.lake.delta.DeltaTable;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.definition.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code penstock init}: a new project, with a draft of a source for each sample file. */
public final class InitOperation {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern CALM = Pattern.compile("[A-Za-z_][A-Za-z0-9_(), ']*");
  private static final Set<String> WORDS_OF_YAML =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private InitOperation() {}

  public static Answer run(Path folder, List<Path> samples) {
    if (Files.exists(folder.resolve(Project.FILE))) {
      throw new PenstockException(
          ErrorCode.USAGE, folder + " is a project already", "choose another folder");
    }
    // All drafts before the first file is written: a sample that cannot be read leaves no project.
    Map<String, String> drafts = drafts(samples);
    List<String> written = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      String name = name(folder.getFileName().toString());
      write(
          folder.resolve(Project.FILE),
          "project: " + name + "\nenvironments:\n  local: {}\n",
          written);
      write(folder.resolve(".gitignore"), ".penstock/\n", written);
      for (Map.Entry<String, String> draft : drafts.entrySet()) {
        Files.createDirectories(folder.resolve("sources"));
        write(
            folder.resolve("sources").resolve(draft.getKey() + ".yaml"), draft.getValue(), written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Answer.Builder answer = Answer.builder();
    written.forEach(path -> answer.note("wrote " + path));
    return answer
        .note(
            samples.isEmpty()
                ? "next: describe a source in sources/, then penstock plan --project " + folder
                : "next: read the drafts in sources/ and name an owner, then penstock plan --project "
                    + folder)
        .build();
  }

  private static Map<String, String> drafts(List<Path> samples) {
    Map<String, String> drafts = new LinkedHashMap<>();
    for (Path sample : samples) {
      boolean isTable = DeltaTable.isAt(sample);
      String source = name(String.valueOf(sample.getFileName()).replaceAll("[.@].*$", ""));
      Schema schema = isTable ? DeltaTable.at(sample).schema() : InputFile.at(sample).schema();
      if (drafts.put(source, draft(source, schema)) != null) {
        throw new PenstockException(
            ErrorCode.USAGE,
            "two files would both be the source '" + source + "'",
            "name one of them; the others can be taken in with penstock ingest " + source);
      }
    }
    return drafts;
  }

  private static String draft(String source, Schema schema) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("source: ").append(source).append('\n');
    yaml.append("owner: you@example.com\n");
    yaml.append("description: Drafted from a file; say here what a row is.\n");
    yaml.append("columns:\n");
    List<Field> named =
        schema.fields().stream().filter(field -> !field.name().startsWith("_")).toList();
    for (Field field : named) {
      yaml.append("  ").append(inYaml(field.name())).append(": ").append(field.type());
      yaml.append(field.nullable() ? "" : " not null").append('\n');
    }
    if (named.size() < schema.size()) {
      yaml.append(
          "# Columns whose names begin with _ are left out: such names are the system's own.\n");
      yaml.append("extra_columns: ignore\n");
    }
    String time = eventTime(new Schema(named));
    if (time == null) {
      yaml.append("# No column is a moment: write here when a row happened.\n");
    }
    yaml.append("event_time: ").append(time == null ? "WHICH_COLUMN" : inYaml(time)).append('\n');
    yaml.append("# A row that comes again is known by its file and number; a column is better.\n");
    yaml.append("id: row_id\n");
    return yaml.toString();
  }

  /** The first column that can be a row's moment, as an expression. */
  private static @Nullable String eventTime(Schema schema) {
    for (Field field : schema.fields()) {
      String column =
          PLAIN.matcher(field.name()).matches()
              ? field.name()
              : '"' + field.name().replace("\"", "\"\"") + '"';
      if (field.type() == Scalar.TIMESTAMP) {
        return column;
      }
      if (field.type() == Scalar.LOCAL_TIMESTAMP) {
        return "to_utc(" + column + ", 'UTC')";
      }
    }
    return null;
  }

  /** Text that YAML reads as it is, in quotes where it must. */
  private static String inYaml(String text) {
    return CALM.matcher(text).matches() && !WORDS_OF_YAML.contains(text.toLowerCase(Locale.ROOT))
        ? text
        : "'" + text.replace("'", "''") + "'";
  }

  /** A name that a definition may have: single underscores, and a letter first. */
  private static String name(String text) {
    String name =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    return name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "p_" + name : name;
  }

  private static void write(Path file, String text, List<String> written) throws IOException {
    Files.writeString(file, text);
    written.add(file.toString());
  }
}
