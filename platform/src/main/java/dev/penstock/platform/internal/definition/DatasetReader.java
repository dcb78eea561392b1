package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.platform.definition.CheckLine;
import dev.penstock.platform.definition.DatasetDefinition;
import dev.penstock.platform.definition.DatasetDefinition.Label;
import dev.penstock.platform.definition.DatasetDefinition.Mode;
import dev.penstock.platform.definition.DatasetDefinition.Split;
import dev.penstock.platform.definition.Written;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a {@code dataset}. */
final class DatasetReader {
  private DatasetReader() {}

  static Optional<DatasetDefinition> read(Document document) {
    Fields fields = document.fields();
    Optional<Written> spine = fields.requiredText("spine");
    Optional<Written> where = fields.text("where");
    Optional<Label> label = fields.mapping("label").flatMap(DatasetReader::label);
    Optional<Written> features = fields.requiredText("features");
    Mode mode =
        fields
            .choice("mode", List.of("as_seen", "as_happened"))
            .filter("as_happened"::equals)
            .map(happened -> Mode.AS_HAPPENED)
            .orElse(Mode.AS_SEEN);
    List<Split> splits = splits(fields);
    List<CheckLine> checks = Shapes.checks(fields, "checks");
    if (!fields.has("label")) {
      fields.missing("label");
    }
    Shapes.requireSome(fields, "splits");
    fields.finish();
    if (document.about().isEmpty() || spine.isEmpty() || label.isEmpty() || features.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DatasetDefinition(
            document.about().get(),
            spine.get(),
            where.orElse(null),
            label.get(),
            features.get(),
            mode,
            splits,
            checks));
  }

  private static Optional<Label> label(Fields fields) {
    Optional<Written> name =
        fields
            .requiredText("name")
            .flatMap(text -> Document.attempt(fields.problems(), () -> Names.definition(text)));
    Optional<Written> from = fields.requiredText("from");
    Optional<Written> value = fields.requiredText("value");
    List<Written> join = fields.texts("join");
    fields.finish();
    if (name.isEmpty() || from.isEmpty() || value.isEmpty()) {
      return Optional.empty();
    }
    boolean byId = join.size() == 1 && join.get(0).text().equals("id");
    return Optional.of(new Label(name.get(), from.get(), value.get(), byId ? List.of() : join));
  }

  private static List<Split> splits(Fields fields) {
    List<Split> splits = new ArrayList<>();
    fields
        .mapping("splits")
        .ifPresent(
            mapping ->
                mapping.each(
                    (name, node) ->
                        mapping
                            .mapping(node, "split '" + name + "'")
                            .flatMap(split -> split(name, split))
                            .ifPresent(splits::add)));
    for (int i = 0; i < splits.size(); i++) {
      for (int j = 0; j < i; j++) {
        Split later = splits.get(i);
        Split earlier = splits.get(j);
        if (later.fromMicros() < earlier.toMicros() && earlier.fromMicros() < later.toMicros()) {
          fields
              .problems()
              .add(
                  ErrorCode.DEFINITION_VALUE,
                  later.place(),
                  "split '" + later.name() + "' overlaps split '" + earlier.name() + "'",
                  "a row is in one split; 'to' is not included");
        }
      }
    }
    return splits;
  }

  private static Optional<Split> split(Written name, Fields fields) {
    Optional<Written> checked = Document.attempt(fields.problems(), () -> Names.definition(name));
    Optional<Long> from = time(fields, "from");
    Optional<Long> to = time(fields, "to");
    Optional<Long> cut = fields.has("cut") ? time(fields, "cut") : to;
    fields.finish();
    if (checked.isEmpty() || from.isEmpty() || to.isEmpty() || cut.isEmpty()) {
      return Optional.empty();
    }
    if (from.get() >= to.get()) {
      fields
          .problems()
          .add(
              ErrorCode.DEFINITION_VALUE,
              fields.keyPlace("to"),
              "split '" + name + "' ends before it begins",
              "");
      return Optional.empty();
    }
    return Optional.of(new Split(name.text(), from.get(), to.get(), cut.get(), name.place()));
  }

  private static Optional<Long> time(Fields fields, String key) {
    return fields
        .requiredText(key)
        .flatMap(written -> fields.parsed(written, DatasetReader::micros));
  }

  /** A day, which begins at midnight UTC, or an instant with its offset. */
  static long micros(String text) {
    try {
      Instant instant =
          text.contains("T")
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time (write 2001-05-01, or 2001-05-01T06:00:00Z)", e);
    }
  }
}
