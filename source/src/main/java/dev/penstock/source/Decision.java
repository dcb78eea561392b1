package dev.penstock.source;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import java.util.List;

/**
 * What acceptance decided about some rows: each is accepted, a duplicate, or quarantined.
 *
 * @param accepted in order of acceptance, in the source's {@link SourceSpec#acceptedSchema()}
 * @param next the source's positions after them
 */
public record Decision(
    Batch accepted, List<Duplicate> duplicates, List<Quarantined> quarantined, Positions next) {
  public Decision {
    duplicates = List.copyOf(duplicates);
    quarantined = List.copyOf(quarantined);
  }
}
