package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Span;
import dev.penstock.platform.definition.ModelDefinition;
import dev.penstock.platform.definition.ModelDefinition.EarlyStopping;
import dev.penstock.platform.definition.ModelDefinition.Promotion;
import dev.penstock.platform.definition.ModelDefinition.Trainer;
import dev.penstock.platform.definition.MonitorDefinition;
import dev.penstock.platform.definition.Written;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code model} and {@code monitor}. */
final class ModelReaders {
  private static final int MOST_ROUNDS = 1_000_000;

  private ModelReaders() {}

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
        fields.mapping("early_stopping").flatMap(ModelReaders::earlyStopping);
    Optional<Promotion> promotion = fields.mapping("promotion").flatMap(ModelReaders::promotion);
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
