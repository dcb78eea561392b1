package dev.penstock.platform.registry;

import dev.penstock.data.Fingerprint;
import dev.penstock.platform.definition.Kind;
import java.util.List;

/**
 * A definition as {@code apply} wrote it.
 *
 * @param canonical what the fingerprint covers, as text: see {@code Canonical}
 */
public record AppliedDefinition(
    Kind kind,
    String name,
    Fingerprint fingerprint,
    String canonical,
    String owner,
    String description,
    List<String> tags,
    String sourceText,
    long appliedMicros) {
  public AppliedDefinition {
    tags = List.copyOf(tags);
  }
}
