package dev.penstock.platform.definition;

import dev.penstock.lake.MaintenanceRules;
import java.time.Duration;

/**
 * How the lake is kept small.
 *
 * @param every how often a server does it
 */
public record MaintenanceSettings(Duration every, MaintenanceRules rules) {
  public static final MaintenanceSettings DEFAULT =
      new MaintenanceSettings(Duration.ofMinutes(10), MaintenanceRules.DEFAULT);
}
