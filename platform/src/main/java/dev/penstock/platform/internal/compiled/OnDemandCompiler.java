package dev.penstock.platform.internal.compiled;

import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.feature.OnDemandFeature;
import dev.penstock.feature.OnDemandView;
import dev.penstock.feature.ServiceView;
import dev.penstock.platform.compiled.CompiledView;
import dev.penstock.platform.definition.ColumnDefinition;
import dev.penstock.platform.definition.ExpressionLine;
import dev.penstock.platform.definition.FeatureServiceDefinition;
import dev.penstock.platform.definition.FeatureServiceDefinition.ViewLine;
import dev.penstock.platform.definition.FeatureViewDefinition;
import dev.penstock.platform.definition.OnDemandViewDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles on-demand views. Which stored features one sees depends on the service it is in; what it
 * means by itself is compiled against all that any service of the project calls so.
 */
final class OnDemandCompiler {
  private OnDemandCompiler() {}

  /** Checks the view by itself and states its meaning. */
  static void check(Compilation compilation, OnDemandViewDefinition definition) {
    if (compilation.views().size()
        < compilation.project().definitions(FeatureViewDefinition.class).size()) {
      // A view was wrong, and a column that seems to be missing may be one of its features.
      return;
    }
    Map<String, Field> stored = new LinkedHashMap<>();
    for (CompiledView view : compilation.views().values()) {
      columns(view, view.name()).forEach(field -> stored.putIfAbsent(field.name(), field));
    }
    for (FeatureServiceDefinition service :
        compilation.project().definitions(FeatureServiceDefinition.class)) {
      for (ViewLine line : service.views()) {
        compilation
            .view(line.view().text())
            .ifPresent(
                view ->
                    columns(view, line.prefix())
                        .forEach(field -> stored.putIfAbsent(field.name(), field)));
      }
    }
    compile(compilation, definition, List.copyOf(stored.values()))
        .ifPresent(
            view -> {
              Canonicals canonical = new Canonicals(compilation, definition);
              view.requestFields()
                  .forEach(field -> canonical.part("request " + field.name(), field.type()));
              for (OnDemandFeature feature : view.features()) {
                canonical
                    .part("feature " + feature.name(), feature.expression().text())
                    .semantics(feature.expression().semantics());
              }
              compilation.canonical(definition.name(), canonical.done());
            });
  }

  private static List<Field> columns(CompiledView view, String prefix) {
    List<String> keys = view.view().keyColumns();
    ServiceView prefixed = new ServiceView(view.view(), prefix, keys);
    return view.view().features().stream()
        .map(feature -> Field.of(prefixed.column(feature), feature.type()))
        .toList();
  }

  /** Compiles the view over these stored features. */
  static Optional<OnDemandView> compile(
      Compilation compilation, OnDemandViewDefinition definition, List<Field> stored) {
    List<Field> request = definition.request().stream().map(ColumnDefinition::field).toList();
    Map<String, Field> fields = new LinkedHashMap<>();
    request.forEach(field -> fields.put(field.name(), field));
    fields.putIfAbsent(
        OnDemandView.REQUEST_TIME, Field.required(OnDemandView.REQUEST_TIME, Scalar.TIMESTAMP));
    stored.forEach(field -> fields.putIfAbsent(field.name(), field));
    Schema schema = new Schema(List.copyOf(fields.values()));
    List<OnDemandFeature> features = new ArrayList<>();
    for (ExpressionLine line : definition.features()) {
      Optional<Expression> expression =
          compilation.expression(line.expression(), schema, null, "a feature");
      expression.ifPresent(found -> features.add(new OnDemandFeature(line.name(), found)));
    }
    return features.size() < definition.features().size()
        ? Optional.empty()
        : Optional.of(new OnDemandView(definition.name(), features, request));
  }
}
