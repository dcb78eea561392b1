package dev.penstock.platform.live;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.feature.FeatureService;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.ServiceView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What somebody asks for, as a service: a declared one, or one made of references.
 *
 * @param columns the columns that were asked for, in order
 */
public record Selection(FeatureService service, Fingerprint fingerprint, List<String> columns) {
  public Selection {
    columns = List.copyOf(columns);
  }

  /** All of a declared service. */
  public static Selection of(FeatureService service, Fingerprint fingerprint) {
    return new Selection(
        service, fingerprint, service.columns().stream().map(Field::name).toList());
  }

  /**
   * Single features, {@code view:feature} each; keys are asked by their own names.
   *
   * @throws PenstockException {@code USAGE} or {@code NOT_FOUND}
   */
  public static Selection of(List<String> references, Function<String, FeatureView> views) {
    Map<String, ServiceView> used = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (String reference : references) {
      int colon = reference.indexOf(':');
      if (colon < 1) {
        throw new PenstockException(
            ErrorCode.USAGE,
            "'" + reference + "' names no feature",
            "write view:feature, such as origin_delays:delay_3h");
      }
      String name = reference.substring(0, colon);
      FeatureView view = views.apply(name);
      view.feature(reference.substring(colon + 1));
      used.computeIfAbsent(
          name,
          n -> new ServiceView(view, n, view.entity().keys().stream().map(Field::name).toList()));
      columns.add(name + "__" + reference.substring(colon + 1));
    }
    FeatureService service =
        new FeatureService("references", List.copyOf(used.values()), List.of());
    return new Selection(service, Fingerprint.of(List.of(service.text())), columns);
  }
}
