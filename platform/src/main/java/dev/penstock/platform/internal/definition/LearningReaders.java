package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Span;
import dev.penstock.platform.definition.CheckLine;
import dev.penstock.platform.definition.DatasetDefinition;
import dev.penstock.platform.definition.DatasetDefinition.Label;
import dev.penstock.platform.definition.DatasetDefinition.Mode;
import dev.penstock.platform.definition.DatasetDefinition.Split;
import dev.penstock.platform.definition.ModelDefinition;
import dev.penstock.platform.definition.ModelDefinition.EarlyStopping;
import dev.penstock.platform.definition.ModelDefinition.Promotion;
import dev.penstock.platform.definition.ModelDefinition.Trainer;
import dev.penstock.platform.definition.MonitorDefinition;
import dev.penstock.platform.definition.Written;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code dataset}, {@code model} and {@code monitor}. */
final class LearningReaders {
  private static final int MOST_ROUNDS = 1_000_000;

  private LearningReaders() {}

  static Optional<DatasetDefinition> dataset(Document document) {
    Fields fields = document.fields();
    Optional<Written> spine = fields.requiredText("spine");
    Optional<Written> where = fields.text("where");
    Optional<Label> label = fields.mapping("label").flatMap(LearningReaders::label);
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
        .flatMap(written -> fields.parsed(written, LearningReaders::micros));
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

  static Optional<ModelDefinition> model(Document document) {
    Fields fields = document.fields();
    Optional<Written> dataset = fields.requiredText("dataset");
    Optional<Written> builtIn = fields.text("trainer");
    Optional<Written> command = fields.text("command");
    List<Written> features = features(fields);
    Map<String, Written> parameters = new LinkedHashMap<>();
    fields
        .mapping("parameters")
        .ifPresent(
            mapping ->
                mapping.each(
                    (name, node) ->
                        mapping
                            .scalar(node, "parameter '" + name + "'")
                            .ifPresent(value -> parameters.put(name.text(), value))));
    String train = fields.text("train_split").map(Written::text).orElse("train");
    Optional<EarlyStopping> early =
        fields.mapping("early_stopping").flatMap(LearningReaders::earlyStopping);
    Optional<Promotion> promotion = fields.mapping("promotion").flatMap(LearningReaders::promotion);
    fields.finish();
    if (builtIn.isPresent() == command.isPresent()) {
      fields
          .problems()
          .add(
              ErrorCode.DEFINITION_MISSING_FIELD,
              fields.place(),
              "a model needs either a 'trainer' or a 'command'",
              "write trainer: xgboost");
      return Optional.empty();
    }
    if (document.about().isEmpty() || dataset.isEmpty()) {
      return Optional.empty();
    }
    Trainer trainer =
        builtIn
            .<Trainer>map(Trainer.BuiltIn::new)
            .orElseGet(() -> new Trainer.Command(command.orElseThrow()));
    return Optional.of(
        new ModelDefinition(
            document.about().get(),
            dataset.get(),
            trainer,
            features,
            parameters,
            train,
            early.orElse(null),
            promotion.orElse(null)));
  }

  /** {@code all}, which is as none, or a list of columns. */
  private static List<Written> features(Fields fields) {
    List<Written> features = fields.texts("features");
    boolean all = features.size() == 1 && features.get(0).text().equals("all");
    return all ? List.of() : features;
  }

  private static Optional<EarlyStopping> earlyStopping(Fields fields) {
    Optional<Written> split = fields.requiredText("split");
    Optional<Integer> rounds = fields.wholeNumber("rounds", 1, MOST_ROUNDS);
    fields.finish();
    return split.map(name -> new EarlyStopping(name, rounds.orElse(20)));
  }

  private static Optional<Promotion> promotion(Fields fields) {
    Optional<Written> metric = fields.requiredText("metric");
    double improvement = fields.number("min_improvement", 0, 1e9).orElse(0.0);
    double confidence =
        fields.number("confidence", 0.5, 0.999999).orElse(Promotion.DEFAULT_CONFIDENCE);
    double margin =
        fields.number("log_loss_margin", 0, 1e9).orElse(Promotion.DEFAULT_LOG_LOSS_MARGIN);
    int minRows =
        fields.wholeNumber("min_rows", 4, Integer.MAX_VALUE).orElse(Promotion.DEFAULT_MIN_ROWS);
    int minPerClass =
        fields
            .wholeNumber("min_per_class", 2, Integer.MAX_VALUE)
            .orElse(Promotion.DEFAULT_MIN_PER_CLASS);
    fields.finish();
    return metric.map(
        name -> new Promotion(name, improvement, confidence, margin, minRows, minPerClass));
  }

  static Optional<MonitorDefinition> monitor(Document document) {
    Fields fields = document.fields();
    Optional<Written> target = fields.requiredText("of");
    Optional<Written> reference = fields.text("reference");
    List<Written> features = features(fields);
    Span every = fields.span("every").orElse(MonitorDefinition.DEFAULT_EVERY);
    double warn = fields.number("warn", 0, 1e9).orElse(MonitorDefinition.DEFAULT_WARN);
    double fail = fields.number("fail", 0, 1e9).orElse(MonitorDefinition.DEFAULT_FAIL);
    int minRows =
        fields
            .wholeNumber("min_rows", 1, Integer.MAX_VALUE)
            .orElse(MonitorDefinition.DEFAULT_MIN_ROWS);
    fields.finish();
    if (document.about().isEmpty() || target.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MonitorDefinition(
            document.about().get(),
            target.get(),
            reference.orElse(null),
            features,
            every,
            warn,
            fail,
            minRows));
  }
}
