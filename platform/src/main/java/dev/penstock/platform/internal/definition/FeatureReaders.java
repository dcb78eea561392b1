package dev.penstock.platform.internal.definition;

import dev.penstock.data.EntityKey;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Span;
import dev.penstock.platform.definition.ColumnDefinition;
import dev.penstock.platform.definition.EntityDefinition;
import dev.penstock.platform.definition.ExpressionLine;
import dev.penstock.platform.definition.FeatureLine;
import dev.penstock.platform.definition.FeatureServiceDefinition;
import dev.penstock.platform.definition.FeatureServiceDefinition.ViewLine;
import dev.penstock.platform.definition.FeatureViewDefinition;
import dev.penstock.platform.definition.KeyMapping;
import dev.penstock.platform.definition.OnDemandViewDefinition;
import dev.penstock.platform.definition.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code entity}, {@code feature_view}, {@code on_demand_view}, {@code feature_service}. */
final class FeatureReaders {
  private FeatureReaders() {}

  static Optional<EntityDefinition> entity(Document document) {
    Fields fields = document.fields();
    List<ColumnDefinition> keys = Shapes.columns(fields, "keys");
    Shapes.requireSome(fields, "keys");
    for (ColumnDefinition key : keys) {
      if (!EntityKey.canHold(key.field().type())) {
        fields
            .problems()
            .add(
                ErrorCode.TYPE_MISMATCH,
                key.place(),
                "a key cannot be " + key.field().type(),
                "keys are string, int32, int64, boolean or date");
      }
    }
    fields.finish();
    return document.about().map(about -> new EntityDefinition(about, keys));
  }

  static Optional<FeatureViewDefinition> view(Document document) {
    Fields fields = document.fields();
    Optional<Written> entity = fields.requiredText("entity");
    Optional<Written> source = fields.requiredText("source");
    List<KeyMapping> keys = Shapes.keys(fields, "key");
    Optional<Written> where = fields.text("where");
    List<FeatureLine> features = document.lines("features", Lines::feature);
    Optional<Span> retention = fields.span("retention");
    Optional<Span> maxAge = fields.span("max_age");
    Shapes.requireSome(fields, "features");
    List<Written> names = new ArrayList<>();
    for (FeatureLine line : features) {
      line.featureNames().forEach(name -> names.add(new Written(name, line.name().place())));
    }
    Shapes.unique(fields.problems(), "feature", names);
    fields.finish();
    if (document.about().isEmpty() || entity.isEmpty() || source.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FeatureViewDefinition(
            document.about().get(),
            entity.get(),
            keys,
            source.get(),
            where.orElse(null),
            features,
            retention.orElse(null),
            maxAge.orElse(null)));
  }

  static Optional<OnDemandViewDefinition> onDemand(Document document) {
    Fields fields = document.fields();
    List<ColumnDefinition> request = Shapes.columns(fields, "request");
    List<ExpressionLine> features = document.lines("features", Lines::onDemand);
    Shapes.requireSome(fields, "features");
    Shapes.unique(
        fields.problems(),
        "feature",
        features.stream().map(line -> new Written(line.name(), line.place())).toList());
    fields.finish();
    return document.about().map(about -> new OnDemandViewDefinition(about, request, features));
  }

  static Optional<FeatureServiceDefinition> service(Document document) {
    Fields fields = document.fields();
    List<ViewLine> views = new ArrayList<>();
    for (Node item : fields.items("features")) {
      viewText(fields, item)
          .flatMap(line -> Document.attempt(fields.problems(), () -> Lines.view(line)))
          .ifPresent(views::add);
    }
    Shapes.requireSome(fields, "features");
    Shapes.unique(
        fields.problems(),
        "view or alias",
        views.stream().map(line -> new Written(line.prefix(), line.place())).toList());
    fields.finish();
    return document.about().map(about -> new FeatureServiceDefinition(about, views));
  }

  /**
   * The text of a service's line. {@code origin_delays with {airport: origin}} without quotes is to
   * YAML a mapping of one key, which is put together again here.
   */
  private static Optional<Written> viewText(Fields fields, Node item) {
    if (item instanceof MappingNode mapping && mapping.getValue().size() == 1) {
      NodeTuple only = mapping.getValue().get(0);
      if (only.getKeyNode() instanceof ScalarNode key
          && only.getValueNode() instanceof ScalarNode value
          && key.getValue().contains("{")) {
        return Optional.of(
            new Written(key.getValue() + ": " + value.getValue(), fields.file().place(item)));
      }
    }
    return fields.scalar(item, "an item of 'features'");
  }
}
