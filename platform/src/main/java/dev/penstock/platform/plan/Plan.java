package dev.penstock.platform.plan;

import dev.penstock.data.Fingerprint;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.definition.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code apply} would change, and why.
 *
 * @param manifest the project as it would be
 * @param changes each after those it builds on; removals last
 * @param pins dimensions whose content would be pinned anew
 * @param outdated what was made from definitions as they no longer are; {@code run} makes it again
 * @param unchanged how many definitions stay as they are
 */
public record Plan(
    Manifest manifest,
    List<Change> changes,
    List<PinChange> pins,
    List<Outdated> outdated,
    int unchanged) {
  public Plan {
    changes = List.copyOf(changes);
    pins = List.copyOf(pins);
    outdated = List.copyOf(outdated);
  }

  /** What happens to a definition. */
  public enum Action {
    NEW,
    /** What it says changed. */
    CHANGED,
    /** It says the same, but what it builds on changed, or what a function or lookup means. */
    STALE,
    /** Owner, description or tags changed, and nothing else. */
    DESCRIBED,
    REMOVED
  }

  /**
   * One definition's change.
   *
   * @param why in words, the most important first
   * @param before null for a new one
   * @param after null for a removed one
   */
  public record Change(
      Action action,
      Kind kind,
      String name,
      List<String> why,
      @Nullable Fingerprint before,
      @Nullable Fingerprint after) {
    public Change {
      why = List.copyOf(why);
    }
  }

  /**
   * A dimension whose file is not what is pinned.
   *
   * @param before null when nothing is pinned yet
   */
  public record PinChange(
      String dimension, String file, @Nullable Fingerprint before, Fingerprint after) {}

  /** A version of a dataset or model that its definition no longer makes. */
  public record Outdated(
      Kind kind, String name, String version, Fingerprint madeBy, Fingerprint now) {}

  /** Whether {@code apply} has nothing to do. */
  public boolean isEmpty() {
    return changes.isEmpty() && pins.isEmpty();
  }

  public List<Change> changes(Action action) {
    return changes.stream().filter(change -> change.action() == action).toList();
  }
}
