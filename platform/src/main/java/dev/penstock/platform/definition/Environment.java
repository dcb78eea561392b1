package dev.penstock.platform.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.lake.CatalogDatabase;
import dev.penstock.lake.MaintenanceRules;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a project runs: settings by dotted name ({@code lake.catalog}), with {@code ${VARIABLE}}
 * replaced. Values may be secrets: they are shown nowhere and are in no fingerprint.
 */
public final class Environment {
  /** The settings that are whole numbers above 0: how this process works, wherever things are. */
  public static final List<String> NUMBERS =
      List.of(
          "flush.rows",
          "flush.seconds",
          "maintenance.file_mb",
          "maintenance.minutes",
          "maintenance.orphan_hours",
          "maintenance.snapshot_hours",
          "maintenance.snapshots");

  /** The setting with the address of the lake's catalog. */
  public static final String CATALOG = "lake.catalog";

  private static final String CATALOG_USER = "lake.user";
  private static final String CATALOG_PASSWORD = "lake.password";

  private final String name;
  private final Map<String, String> settings;

  public Environment(String name, Map<String, String> settings) {
    this.name = name;
    this.settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  public String name() {
    return name;
  }

  public Optional<String> setting(String dottedName) {
    return Optional.ofNullable(settings.get(dottedName));
  }

  /**
   * Makes sure that this version can do what is set: all but the catalog is in this process yet.
   *
   * @throws PenstockException {@code UNSUPPORTED} naming the settings that say otherwise
   */
  public void requireSupported() {
    List<String> outside =
        settings.keySet().stream().filter(setting -> !isSupported(setting)).toList();
    if (!outside.isEmpty()) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          "environment '"
              + name
              + "' sets "
              + String.join(", ", outside)
              + ", and this version runs everything but the lake's catalog in one process, with its"
              + " files in .penstock",
          "take another environment, or leave these settings out of this one");
    }
  }

  private boolean isSupported(String setting) {
    return NUMBERS.contains(setting)
        || (settings.containsKey(CATALOG)
            && List.of(CATALOG, CATALOG_USER, CATALOG_PASSWORD).contains(setting));
  }

  /** Where the lake's tables are catalogued, if not in a file beside them. */
  public Optional<CatalogDatabase> catalog() {
    return setting(CATALOG)
        .map(CatalogDatabase::of)
        .map(found -> setting(CATALOG_USER).map(found::user).orElse(found))
        .map(found -> setting(CATALOG_PASSWORD).map(found::password).orElse(found));
  }

  /** When a server moves its log into the lake. */
  public FlushSettings flush() {
    return new FlushSettings(
        setting("flush.rows").map(Long::valueOf).orElse(FlushSettings.DEFAULT.rows()),
        setting("flush.seconds")
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(FlushSettings.DEFAULT.age()));
  }

  /** How a server keeps the lake small. */
  public MaintenanceSettings maintenance() {
    MaintenanceSettings usual = MaintenanceSettings.DEFAULT;
    MaintenanceRules rules = usual.rules();
    return new MaintenanceSettings(
        number("maintenance.minutes").map(Duration::ofMinutes).orElse(usual.every()),
        new MaintenanceRules(
            number("maintenance.file_mb").map(mb -> mb << 20).orElse(rules.targetFileBytes()),
            rules.leastFiles(),
            number("maintenance.snapshot_hours").map(Duration::ofHours).orElse(rules.snapshotAge()),
            number("maintenance.snapshots").map(Long::intValue).orElse(rules.snapshots()),
            number("maintenance.orphan_hours").map(Duration::ofHours).orElse(rules.orphanAge())));
  }

  private Optional<Long> number(String setting) {
    return setting(setting).map(Long::valueOf);
  }

  @Override
  public String toString() {
    return name + settings.keySet();
  }
}
