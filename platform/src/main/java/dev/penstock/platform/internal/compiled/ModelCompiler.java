package dev.penstock.platform.internal.compiled;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.model.XgboostParameters;
import dev.penstock.platform.compiled.CompiledDataset;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.compiled.CompiledService;
import dev.penstock.platform.definition.ModelDefinition;
import dev.penstock.platform.definition.ModelDefinition.Trainer;
import dev.penstock.platform.definition.MonitorDefinition;
import dev.penstock.platform.definition.Written;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks models and monitors. */
final class ModelCompiler {
  /** The trainer that is built in, by its written name. */
  private static final String XGBOOST = "xgboost";

  private static final List<String> METRICS = List.of("auc");

  private ModelCompiler() {}

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
