package dev.penstock.platform.internal.compiled;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.model.XgboostParameters;
import dev.penstock.platform.compiled.CompiledDataset;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.compiled.CompiledRows;
import dev.penstock.platform.compiled.CompiledService;
import dev.penstock.platform.definition.DatasetDefinition;
import dev.penstock.platform.definition.DatasetDefinition.Mode;
import dev.penstock.platform.definition.DatasetDefinition.Split;
import dev.penstock.platform.definition.ModelDefinition;
import dev.penstock.platform.definition.ModelDefinition.Trainer;
import dev.penstock.platform.definition.MonitorDefinition;
import dev.penstock.platform.definition.Written;
import dev.penstock.quality.Check;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compiles datasets, and checks models and monitors. */
final class LearningCompiler {
  /** The trainer that is built in, by its written name. */
  private static final String XGBOOST = "xgboost";

  private static final List<String> METRICS = List.of("auc");

  private LearningCompiler() {}

  static Optional<CompiledDataset> dataset(Compilation compilation, DatasetDefinition dataset) {
    Optional<CompiledRows> spine = compilation.rows(dataset.spine());
    Optional<CompiledRows> labels = compilation.rows(dataset.label().from());
    Optional<CompiledService> service = compilation.service(dataset.features().text());
    if (spine.isEmpty() || labels.isEmpty() || service.isEmpty()) {
      return Optional.empty();
    }
    int before = compilation.problemCount();
    timed(compilation, dataset.spine(), spine.get());
    timed(compilation, dataset.label().from(), labels.get());
    Written condition = dataset.where();
    Optional<Expression> where =
        condition == null
            ? Optional.empty()
            : compilation.expression(condition, spine.get().schema(), Scalar.BOOLEAN, "'where'");
    Optional<Expression> label =
        compilation.expression(dataset.label().value(), labels.get().schema(), null, "the label");
    label.ifPresent(value -> label(compilation, dataset, value.type()));
    for (Written column : dataset.label().join()) {
      join(compilation, column, spine.get(), labels.get());
    }
    request(compilation, dataset, spine.get().schema(), service.get());
    List<Check> checks =
        SourceCompiler.checks(
            compilation, dataset.checks(), new Schema(service.get().service().columns()));
    if (compilation.problemCount() > before || label.isEmpty()) {
      return Optional.empty();
    }
    compilation.canonical(
        dataset.name(), canonical(compilation, dataset, where, label.get(), checks).done());
    return Optional.of(
        new CompiledDataset(
            dataset,
            spine.get(),
            where.orElse(null),
            labels.get(),
            label.get(),
            dataset.label().join().stream().map(Written::text).toList(),
            service.get(),
            checks));
  }

  private static Canonicals canonical(
      Compilation compilation,
      DatasetDefinition dataset,
      Optional<Expression> where,
      Expression label,
      List<Check> checks) {
    List<String> join = dataset.label().join().stream().map(Written::text).toList();
    Canonicals canonical =
        new Canonicals(compilation, dataset)
            .part("spine", dataset.spine())
            .part("label " + dataset.label().name(), label.text())
            .part("label from", dataset.label().from())
            .part("label join", join.isEmpty() ? "id" : String.join(", ", join))
            .part("features", dataset.features())
            .part("mode", dataset.mode() == Mode.AS_SEEN ? "as_seen" : "as_happened")
            .semantics(label.semantics())
            .on(dataset.spine().text())
            .on(dataset.label().from().text())
            .on(dataset.features().text());
    where.ifPresent(
        condition -> canonical.part("where", condition.text()).semantics(condition.semantics()));
    for (Split split : dataset.splits()) {
      canonical.part(
          "split " + split.name(),
          time(split.fromMicros())
              + " to "
              + time(split.toMicros())
              + (split.cutMicros() == split.toMicros() ? "" : " cut " + time(split.cutMicros())));
    }
    SourceCompiler.own(canonical, checks);
    return canonical;
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private static void timed(Compilation compilation, Written name, CompiledRows rows) {
    if (rows.rootSource() == null) {
      compilation.problem(
          ErrorCode.UNSUPPORTED,
          name.place(),
          "'" + name + "' is not row-wise: its rows have no time at which they were seen",
          "name a source, or a transform that selects from one");
    } else if (rows.isTimeless()) {
      compilation.problem(
          ErrorCode.UNSUPPORTED,
          name.place(),
          "the rows of '" + name + "' have no event time",
          "a dimension is neither spine nor label");
    }
  }

  private static void label(Compilation compilation, DatasetDefinition dataset, Type type) {
    if (type != Scalar.BOOLEAN && !type.isNumeric()) {
      compilation.problem(
          ErrorCode.TYPE_MISMATCH,
          dataset.label().value().place(),
          "a label is a boolean or a number, and this is " + type,
          "");
    }
  }

  private static void join(
      Compilation compilation, Written column, CompiledRows spine, CompiledRows labels) {
    for (CompiledRows rows : List.of(spine, labels)) {
      if (!rows.schema().contains(column.text())) {
        compilation.problem(
            ErrorCode.COLUMN_NOT_FOUND,
            column.place(),
            "column '" + column + "' is not in '" + rows.name() + "'",
            Suggestion.among(column.text(), rows.schema().names()));
        return;
      }
    }
    Type first = spine.schema().field(column.text()).type();
    Type second = labels.schema().field(column.text()).type();
    if (!ViewCompiler.sameKey(first, second)) {
      compilation.problem(
          ErrorCode.TYPE_MISMATCH,
          column.place(),
          "'" + column + "' is " + first + " in the spine and " + second + " in the labels",
          "");
    }
  }

  private static void request(
      Compilation compilation, DatasetDefinition dataset, Schema spine, CompiledService service) {
    for (Field field : service.request()) {
      if (!spine.contains(field.name())) {
        compilation.problem(
            ErrorCode.COLUMN_NOT_FOUND,
            dataset.features().place(),
            "service '"
                + service.name()
                + "' asks for '"
                + field.name()
                + "', which the spine '"
                + dataset.spine()
                + "' has not",
            Suggestion.among(field.name(), spine.names()));
      } else if (!ViewCompiler.sameKey(field.type(), spine.field(field.name()).type())) {
        compilation.problem(
            ErrorCode.TYPE_MISMATCH,
            dataset.features().place(),
            "service '"
                + service.name()
                + "' asks for '"
                + field
                + "', and in the spine it is "
                + spine.field(field.name()).type(),
            "");
      }
    }
  }

  static Optional<CompiledModel> model(Compilation compilation, ModelDefinition model) {
    Optional<CompiledDataset> dataset = compilation.dataset(model.dataset().text());
    if (dataset.isEmpty()) {
      return Optional.empty();
    }
    int before = compilation.problemCount();
    List<String> all =
        dataset.get().service().service().columns().stream().map(Field::name).toList();
    columns(compilation, model.features(), all, dataset.get().service().name());
    trainer(compilation, model);
    if (model.promotion() != null && !METRICS.contains(model.promotion().metric().text())) {
      Written metric = model.promotion().metric();
      compilation.problem(
          ErrorCode.DEFINITION_VALUE,
          metric.place(),
          "promotion cannot compare by '" + metric + "'",
          Suggestion.among(metric.text(), METRICS));
    }
    if (compilation.problemCount() > before) {
      return Optional.empty();
    }
    Set<String> wanted = model.features().stream().map(Written::text).collect(Collectors.toSet());
    List<String> features =
        all.stream().filter(name -> wanted.isEmpty() || wanted.contains(name)).toList();
    compilation.canonical(model.name(), canonical(compilation, model).done());
    return Optional.of(new CompiledModel(model, dataset.get(), features));
  }

  private static Canonicals canonical(Compilation compilation, ModelDefinition model) {
    String features =
        model.features().stream().map(Written::text).sorted().collect(Collectors.joining(", "));
    Canonicals canonical =
        new Canonicals(compilation, model)
            .part("dataset", model.dataset())
            .part("train_split", model.trainSplit())
            .part("features", features.isEmpty() ? "all" : features)
            .on(model.dataset().text());
    if (model.trainer() instanceof Trainer.BuiltIn builtIn) {
      canonical.part("trainer", builtIn.name());
    } else if (model.trainer() instanceof Trainer.Command command) {
      canonical.part("command", command.command());
    }
    model.parameters().forEach((name, value) -> canonical.part("parameter " + name, value));
    if (model.earlyStopping() != null) {
      canonical.part(
          "early_stopping",
          model.earlyStopping().split() + " after " + model.earlyStopping().rounds());
    }
    if (model.promotion() != null) {
      ModelDefinition.Promotion rule = model.promotion();
      canonical
          .own("promotion metric", rule.metric())
          .own("promotion min_improvement", rule.minImprovement())
          .own("promotion confidence", rule.confidence())
          .own("promotion log_loss_margin", rule.logLossMargin())
          .own("promotion min_rows", rule.minRows())
          .own("promotion min_per_class", rule.minPerClass());
    }
    return canonical;
  }

  private static void trainer(Compilation compilation, ModelDefinition model) {
    if (!(model.trainer() instanceof Trainer.BuiltIn builtIn)) {
      return;
    }
    if (!builtIn.name().text().equals(XGBOOST)) {
      compilation.problem(
          ErrorCode.DEFINITION_VALUE,
          builtIn.name().place(),
          "there is no trainer '" + builtIn.name() + "'",
          Suggestion.among(builtIn.name().text(), List.of(XGBOOST))
              + "; 'command' runs one of your own");
      return;
    }
    for (Map.Entry<String, Written> parameter : model.parameters().entrySet()) {
      try {
        XgboostParameters.of(Map.of(parameter.getKey(), parameter.getValue().text()), 0);
      } catch (PenstockException e) {
        compilation.attempt(
            parameter.getValue().place(),
            () -> {
              throw e;
            });
      }
    }
  }

  private static void columns(
      Compilation compilation, List<Written> wanted, List<String> all, String service) {
    for (Written column : wanted) {
      if (!all.contains(column.text())) {
        compilation.problem(
            ErrorCode.COLUMN_NOT_FOUND,
            column.place(),
            "service '" + service + "' has no column '" + column + "'",
            Suggestion.among(column.text(), all));
      }
    }
  }

  static void monitor(Compilation compilation, MonitorDefinition monitor) {
    String target = monitor.target().text();
    Optional<CompiledService> service =
        compilation
            .service(target)
            .or(() -> compilation.model(target).map(model -> model.dataset().service()));
    if (service.isEmpty()) {
      return;
    }
    List<String> all = service.get().service().columns().stream().map(Field::name).toList();
    columns(compilation, monitor.features(), all, service.get().name());
    Map<String, Object> parts = new TreeMap<>();
    parts.put("of", target);
    parts.put(
        "features",
        monitor.features().isEmpty()
            ? "all"
            : monitor.features().stream()
                .map(Written::text)
                .sorted()
                .collect(Collectors.joining(", ")));
    parts.put("every", monitor.every());
    parts.put("warn", monitor.warn());
    parts.put("fail", monitor.fail());
    parts.put("min_rows", monitor.minRows());
    Canonicals canonical = new Canonicals(compilation, monitor).on(target);
    parts.forEach(canonical::part);
    if (monitor.reference() != null) {
      canonical.part("reference", monitor.reference()).on(monitor.reference().text());
    }
    compilation.canonical(monitor.name(), canonical.done());
  }
}
