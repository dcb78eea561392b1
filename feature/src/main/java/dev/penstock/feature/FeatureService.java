package dev.penstock.feature;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The features that one model asks for together. */
public record FeatureService(String name, List<ServiceView> views, List<OnDemandView> onDemand) {
  public FeatureService {
    views = List.copyOf(views);
    onDemand = List.copyOf(onDemand);
    Set<String> prefixes = new HashSet<>();
    views.forEach(view -> once(name, prefixes, view.prefix()));
    onDemand.forEach(view -> once(name, prefixes, view.name()));
  }

  /** The columns it answers with: the stored features in order, then those on demand. */
  public List<Field> columns() {
    List<Field> columns = new ArrayList<>(storedColumns());
    for (OnDemandView view : onDemand) {
      for (OnDemandFeature feature : view.features()) {
        columns.add(Field.of(view.name() + "__" + feature.name(), feature.expression().type()));
      }
    }
    return columns;
  }

  /** The columns of its stored features. */
  public List<Field> storedColumns() {
    List<Field> columns = new ArrayList<>();
    for (ServiceView view : views) {
      for (Feature feature : view.view().features()) {
        columns.add(Field.of(view.column(feature), feature.type()));
      }
    }
    return columns;
  }

  /** The canonical text of what the service adds to its views. */
  public String text() {
    StringBuilder text = new StringBuilder("service " + name);
    views.forEach(view -> text.append('\n').append(view.text()));
    onDemand.forEach(view -> text.append('\n').append(view.name()));
    return text.toString();
  }

  private static void once(String service, Set<String> prefixes, String prefix) {
    if (!prefixes.add(prefix)) {
      throw new PenstockException(
          ErrorCode.DEFINITION_DUPLICATE,
          "service '" + service + "' has two views under '" + prefix + "'",
          "give one of them another name with 'as'");
    }
  }
}
