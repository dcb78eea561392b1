package dev.penstock.feature;

import dev.penstock.data.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Features of the request. Their expressions see the declared request fields, {@link #REQUEST_TIME}
 * and the stored features of the service as columns {@code prefix__feature}; nothing else.
 */
public record OnDemandView(String name, List<OnDemandFeature> features, List<Field> requestFields) {
  /** The column that holds the moment asked about. */
  public static final String REQUEST_TIME = "request_time";

  public OnDemandView {
    features = List.copyOf(features);
    requestFields = List.copyOf(requestFields);
  }

  /** The canonical text of the view. */
  public String text() {
    String request =
        requestFields.stream()
            .map(field -> field.name() + " " + field.type())
            .collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder("on demand view " + name + "(" + request + ")");
    for (OnDemandFeature feature : features) {
      text.append('\n').append(feature.text());
    }
    return text.toString();
  }

  /** The view's own part of its fingerprint: its text, then its expressions' semantics. */
  public List<String> fingerprintParts() {
    Set<String> semantics = new TreeSet<>();
    features.forEach(feature -> semantics.addAll(feature.expression().semantics()));
    List<String> parts = new ArrayList<>();
    parts.add(text());
    parts.addAll(semantics);
    return parts;
  }
}
