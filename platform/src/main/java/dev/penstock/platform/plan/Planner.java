package dev.penstock.platform.plan;

import dev.penstock.data.Fingerprint;
import dev.penstock.platform.compiled.CanonicalDifference;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.compiled.Manifest.Entry;
import dev.penstock.platform.definition.Kind;
import dev.penstock.platform.plan.Plan.Action;
import dev.penstock.platform.plan.Plan.Change;
import dev.penstock.platform.plan.Plan.Outdated;
import dev.penstock.platform.plan.Plan.PinChange;
import dev.penstock.platform.registry.AppliedDefinition;
import dev.penstock.platform.registry.ModelVersion;
import dev.penstock.platform.registry.Pin;
import dev.penstock.platform.registry.Registry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares a project with what is applied. */
public final class Planner {
  private final Manifest manifest;
  private final Registry registry;
  private final Map<String, AppliedDefinition> applied = new LinkedHashMap<>();
  private final List<AppliedDefinition> removed;

  private Planner(Manifest manifest, Registry registry) {
    this.manifest = manifest;
    this.registry = registry;
    registry.definitions().current().forEach(one -> applied.put(one.name(), one));
    this.removed =
        applied.values().stream().filter(one -> manifest.find(one.name()).isEmpty()).toList();
  }

  /** What applying this manifest would change; reads the registry and changes nothing. */
  public static Plan plan(Manifest manifest, Registry registry) {
    return new Planner(manifest, registry).plan();
  }

  private Plan plan() {
    List<Change> changes = new ArrayList<>();
    int unchanged = 0;
    for (Entry entry : manifest.entries()) {
      Optional<Change> change = change(entry);
      change.ifPresent(changes::add);
      unchanged += change.isPresent() ? 0 : 1;
    }
    removed.forEach(one -> changes.add(removal(one)));
    return new Plan(manifest, changes, pins(), outdated(), unchanged);
  }

  private Optional<Change> change(Entry entry) {
    AppliedDefinition before = applied.get(entry.name());
    if (before == null) {
      return Optional.of(
          new Change(
              Action.NEW,
              entry.kind(),
              entry.name(),
              renamedFrom(entry),
              null,
              entry.fingerprint()));
    }
    if (before.kind() != entry.kind()) {
      String why = "was " + before.kind().withArticle() + ", is " + entry.kind().withArticle();
      return Optional.of(change(Action.CHANGED, entry, before, List.of(why)));
    }
    CanonicalDifference difference =
        CanonicalDifference.between(before.canonical(), entry.canonical());
    if (!difference.isEmpty()) {
      List<String> why = new ArrayList<>(difference.meaning());
      difference.semantics().forEach(why::add);
      difference.upstream().forEach(name -> why.add(upstream(name)));
      Action action = difference.meaning().isEmpty() ? Action.STALE : Action.CHANGED;
      return Optional.of(change(action, entry, before, why));
    }
    List<String> described = described(entry, before);
    return described.isEmpty()
        ? Optional.empty()
        : Optional.of(change(Action.DESCRIBED, entry, before, described));
  }

  private static Change change(
      Action action, Entry entry, AppliedDefinition before, List<String> why) {
    return new Change(
        action, entry.kind(), entry.name(), why, before.fingerprint(), entry.fingerprint());
  }

  private String upstream(String name) {
    if (manifest.find(name).isEmpty()) {
      return "no longer builds on " + name;
    }
    return applied.containsKey(name)
        ? "builds on " + name + ", which changed"
        : "builds on " + name + ", which is new";
  }

  private static List<String> described(Entry entry, AppliedDefinition before) {
    List<String> why = new ArrayList<>();
    if (!entry.owner().equals(before.owner())) {
      why.add("owner: " + before.owner() + " → " + entry.owner());
    }
    if (!entry.description().equals(before.description())) {
      why.add("description");
    }
    if (!entry.tags().equals(before.tags())) {
      why.add("tags: " + before.tags() + " → " + entry.tags());
    }
    return why;
  }

  /** A new definition that means what a removed one meant is most likely that one, renamed. */
  private List<String> renamedFrom(Entry entry) {
    return removed.stream()
        .filter(
            one ->
                one.kind() == entry.kind() && body(one.canonical()).equals(body(entry.canonical())))
        .map(one -> "says what '" + one.name() + "' said; what that one made is not taken over")
        .limit(1)
        .toList();
  }

  private static String body(String canonical) {
    return canonical.substring(canonical.indexOf('\n') + 1);
  }

  private Change removal(AppliedDefinition one) {
    List<String> why = new ArrayList<>();
    why.add(kept(one));
    why.add("to undo, put the definition back and apply; penstock catalog show has its text");
    return new Change(Action.REMOVED, one.kind(), one.name(), why, one.fingerprint(), null);
  }

  private String kept(AppliedDefinition one) {
    return switch (one.kind()) {
      case SOURCE -> "its table, its quarantine and its history stay";
      case TRANSFORM -> "its table stays, if it has one";
      case FEATURE_VIEW -> "its online state is kept, and used again if it comes back";
      case DATASET ->
          "its " + count(registry.datasets().versions(one.name()).size(), "version") + " stay";
      case MODEL ->
          "its "
              + count(registry.models().versions(one.name()).size(), "version")
              + " stay, and none is served";
      case ENTITY, ON_DEMAND_VIEW, FEATURE_SERVICE, MONITOR -> "it has nothing of its own to keep";
    };
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private List<PinChange> pins() {
    List<PinChange> changes = new ArrayList<>();
    for (Entry entry : manifest.entries()) {
      Manifest.Content content = entry.content();
      if (content != null) {
        Fingerprint pinned = registry.pins().of(entry.name()).map(Pin::fingerprint).orElse(null);
        if (!content.fingerprint().equals(pinned)) {
          changes.add(new PinChange(entry.name(), content.file(), pinned, content.fingerprint()));
        }
      }
    }
    return changes;
  }

  private List<Outdated> outdated() {
    List<Outdated> outdated = new ArrayList<>();
    for (Entry entry : manifest.entries()) {
      if (entry.kind() == Kind.DATASET) {
        registry
            .datasets()
            .latest(entry.name())
            .filter(latest -> !latest.fingerprint().equals(entry.fingerprint()))
            .ifPresent(
                latest -> outdated.add(outdated(entry, latest.version(), latest.fingerprint())));
      } else if (entry.kind() == Kind.MODEL) {
        Optional<ModelVersion> latest =
            registry.models().versions(entry.name()).stream().findFirst();
        latest
            .filter(one -> !one.fingerprint().equals(entry.fingerprint()))
            .ifPresent(
                one ->
                    outdated.add(
                        outdated(entry, Integer.toString(one.version()), one.fingerprint())));
      }
    }
    return outdated;
  }

  private static Outdated outdated(Entry entry, String version, Fingerprint madeBy) {
    return new Outdated(entry.kind(), entry.name(), version, madeBy, entry.fingerprint());
  }
}
