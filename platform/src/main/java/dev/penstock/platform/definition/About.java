package dev.penstock.platform.definition;

import dev.penstock.data.Place;
import java.util.List;

/**
 * What every definition has besides its meaning. Only the name is part of a fingerprint.
 *
 * @param owner whom to ask
 * @param place of the definition's name
 * @param sourceText the document as it is written
 */
public record About(
    String name,
    String owner,
    String description,
    List<String> tags,
    Place place,
    String sourceText) {
  public About {
    tags = List.copyOf(tags);
  }
}
