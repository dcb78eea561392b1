package dev.penstock.platform.run;

import dev.penstock.platform.OpenProject;
import dev.penstock.platform.registry.LakeBranch;
import dev.penstock.platform.registry.LakeVersion;
import dev.penstock.platform.registry.Pin;
import java.util.HashMap;
import java.util.Map;

/** Which snapshots the registry says are needed: by table and id, with the name of what does. */
final class LakePins {
  private final Map<String, Map<Long, String>> pins = new HashMap<>();

  private LakePins() {}

  /** Datasets are not here: each snapshot they read has a tag of theirs. */
  static Map<String, Map<Long, String>> of(OpenProject project) {
    LakePins all = new LakePins();
    for (Pin pin : project.registry().pins().all()) {
      all.add(pin.dimension(), pin.snapshot(), "dimension " + pin.dimension());
    }
    for (LakeVersion version : project.registry().versions().all()) {
      version
          .snapshots()
          .forEach(
              (table, snapshot) -> {
                if (snapshot != null) {
                  all.add(table, snapshot, "version " + version.name());
                }
              });
    }
    for (LakeBranch branch : project.registry().versions().branches()) {
      branch
          .starts()
          .forEach((table, start) -> all.add(table, start.snapshot(), "branch " + branch.name()));
    }
    return all.pins;
  }

  private void add(String table, long snapshot, String name) {
    pins.computeIfAbsent(table, t -> new HashMap<>())
        .merge(snapshot, name, (one, other) -> one + ", " + other);
  }
}
