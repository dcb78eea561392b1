package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Place;
import dev.penstock.platform.definition.TransformDefinition;
import dev.penstock.platform.definition.Written;
import dev.penstock.sql.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a {@code transform}, and the SQL file it may name. */
final class TransformReader {
  private TransformReader() {}

  static Optional<TransformDefinition> read(Document document, Path folder) {
    Fields fields = document.fields();
    Optional<Written> inline = fields.text("sql");
    Optional<Written> file = fields.text("file");
    Optional<Written> eventTime = fields.text("event_time");
    fields.finish();
    if (inline.isPresent() == file.isPresent()) {
      fields
          .problems()
          .add(
              ErrorCode.DEFINITION_MISSING_FIELD,
              fields.place(),
              "a transform needs either 'sql' or a 'file' with it",
              "");
      return Optional.empty();
    }
    Optional<Written> sql = inline.isPresent() ? inline : text(fields, file.get(), folder);
    Optional<Query> query =
        sql.flatMap(
            text ->
                Document.attempt(fields.problems(), () -> Query.parse(text.text(), text.place())));
    if (document.about().isEmpty() || query.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TransformDefinition(
            document.about().get(), sql.get(), query.get(), eventTime.orElse(null)));
  }

  private static Optional<Written> text(Fields fields, Written file, Path folder) {
    Optional<Path> path = ProjectFiles.inside(folder, file, fields.problems());
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Written(
              Files.readString(path.get(), StandardCharsets.UTF_8), new Place(file.text(), 1, 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
