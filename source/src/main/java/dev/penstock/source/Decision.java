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

  /**
   * How many of the raw rows it was made of were accepted. Where rows change, one may be two of the
   * log, or one of another's content.
   */
  public int taken(RawRows raw) {
    return raw.rows().rows() - duplicates.size() - quarantined.size();
  }
}
