package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.InputFile;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.definition.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code penstock init}: a new project, with a draft of a source for each sample file. */
public final class InitOperation {
  private InitOperation() {}

  public static Answer run(Path folder, List<Path> samples) {
    if (Files.exists(folder.resolve(Project.FILE))) {
      throw new PenstockException(
          ErrorCode.USAGE, folder + " is a project already", "choose another folder");
    }
    List<String> written = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      String name = name(folder.getFileName().toString());
      write(
          folder.resolve(Project.FILE),
          "project: " + name + "\nenvironments:\n  local: {}\n",
          written);
      write(folder.resolve(".gitignore"), ".penstock/\n", written);
      for (Path sample : samples) {
        InputFile file = InputFile.at(sample);
        String source = name(file.name().replaceAll("\\..*$", ""));
        Files.createDirectories(folder.resolve("sources"));
        write(
            folder.resolve("sources").resolve(source + ".yaml"),
            draft(source, file.schema()),
            written);
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

  private static String draft(String source, Schema schema) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("source: ").append(source).append('\n');
    yaml.append("owner: you@example.com\n");
    yaml.append("description: Drafted from a file; say here what a row is.\n");
    yaml.append("columns:\n");
    String time = null;
    for (Field field : schema.fields()) {
      yaml.append("  ").append(field.name()).append(": ").append(field.type());
      yaml.append(field.nullable() ? "" : " not null").append('\n');
      boolean moment = field.type() == Scalar.TIMESTAMP || field.type() == Scalar.LOCAL_TIMESTAMP;
      if (moment && time == null) {
        time =
            field.type() == Scalar.TIMESTAMP ? field.name() : "to_utc(" + field.name() + ", 'UTC')";
      }
    }
    yaml.append("event_time: ").append(time == null ? "CHOOSE_A_TIMESTAMP_COLUMN" : time);
    yaml.append("\nid: row_id\n");
    return yaml.toString();
  }

  private static String name(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
    return name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "p_" + name : name;
  }

  private static void write(Path file, String text, List<String> written) throws IOException {
    Files.writeString(file, text);
    written.add(file.toString());
  }
}
