package dev.penstock.feature;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.List;

/**
 * A view as a service uses it: under a prefix, with the request columns that hold its key.
 *
 * @param requestColumns one per key of the view's entity, in the entity's order
 */
public record ServiceView(FeatureView view, String prefix, List<String> requestColumns) {
  public ServiceView {
    requestColumns = List.copyOf(requestColumns);
    if (requestColumns.size() != view.entity().keys().size()) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          "'"
              + prefix
              + "' has "
              + requestColumns.size()
              + " request columns for entity "
              + view.entity().text(),
          "write with {key: column} for each key");
    }
  }

  /** The column of one of the view's features: {@code origin_delays__delay_3h}. */
  public String column(Feature feature) {
    return prefix + "__" + feature.name();
  }

  /** The canonical text: {@code arrivals as arrivals_at_origin with origin}. */
  public String text() {
    return view.name() + " as " + prefix + " with " + String.join(", ", requestColumns);
  }
}
