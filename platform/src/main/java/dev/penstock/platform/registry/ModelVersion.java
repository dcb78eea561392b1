package dev.penstock.platform.registry;

import dev.penstock.data.Fingerprint;
import java.util.Locale;

/**
 * A model that was trained.
 *
 * @param version counts from 1 for each name
 * @param fingerprint of the definition it was trained by
 * @param metrics JSON
 * @param parameters JSON
 * @param artifact the file, relative to the project's state folder
 */
public record ModelVersion(
    String name,
    int version,
    Fingerprint fingerprint,
    String datasetVersion,
    Stage stage,
    String metrics,
    String parameters,
    String artifact,
    long trainedMicros) {
  /** What a version is to its model. */
  public enum Stage {
    /** Trained, not yet judged. */
    CANDIDATE,
    /** To be compared with the champion, or compared and found no better. */
    CHALLENGER,
    /** The one that serves; at most one of a name. */
    CHAMPION,
    /** Was champion once. */
    RETIRED;

    String stored() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
