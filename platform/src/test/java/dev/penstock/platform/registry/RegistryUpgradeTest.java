package dev.penstock.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every version of the registry ever released can be opened. {@code registry-N.db} was written by
 * version N and is never written again; a new version adds a file of its own.
 */
class RegistryUpgradeTest {
  private static final LakeVersion SPRING = spring();
  private static final LakeBranch REPAIR =
      new LakeBranch(
          "repair",
          LakeBranch.State.MERGING,
          "spring",
          15,
          Map.of("landings", new LakeBranch.Start(7, 6)));

  @TempDir Path folder;

  @Test
  void a_registry_of_version_1_opens_with_all_it_had() throws Exception {
    try (Registry registry = version(1)) {
      hasAllOfVersion1(registry);
      assertThat(registry.files().profiles("landings")).isEmpty();
    }
    assertThat(userVersion(folder.resolve("registry.db"))).isEqualTo(Registry.FORMAT_VERSION);
  }

  @Test
  void a_registry_of_version_2_opens_with_all_it_had() throws Exception {
    try (Registry registry = version(2)) {
      hasAllOfVersion1(registry);
      assertThat(registry.files().profiles("landings")).containsExactly("{\"rows\":10}");
    }
    assertThat(userVersion(folder.resolve("registry.db"))).isEqualTo(Registry.FORMAT_VERSION);
  }

  @Test
  void a_registry_of_version_3_opens_with_all_it_had() throws Exception {
    try (Registry registry = version(3)) {
      hasAllOfVersion1(registry);
      assertThat(registry.files().profiles("landings")).containsExactly("{\"rows\":10}");
      assertThat(registry.versions().all()).containsExactly(SPRING);
      assertThat(registry.versions().branches()).containsExactly(REPAIR);
    }
    assertThat(userVersion(folder.resolve("registry.db"))).isEqualTo(Registry.FORMAT_VERSION);
  }

  private static LakeVersion spring() {
    Map<String, @Nullable Long> snapshots = new HashMap<>();
    snapshots.put("landings", 7L);
    snapshots.put("departures", null);
    return new LakeVersion("spring", LakeVersion.State.MADE, "all of it", 14, snapshots);
  }

  private Registry version(int number) throws Exception {
    Path file = folder.resolve("registry.db");
    try (InputStream in = getClass().getResourceAsStream("registry-" + number + ".db")) {
      Files.copy(in, file);
    }
    return Registry.open(file);
  }

  private static void hasAllOfVersion1(Registry registry) {
    assertThat(registry.definitions().current())
        .containsExactly(RegistryTest.definition("landings", "2", 12));
    assertThat(registry.definitions().history("landings")).hasSize(2);
    assertThat(registry.pins().of("airports"))
        .contains(new Pin("airports", RegistryTest.print("content"), 7, 13));
    assertThat(registry.runs().open()).extracting(Run::command).containsExactly("run");
    assertThat(registry.runs().done("dataset flight_delays", "v1")).isPresent();
    assertThat(registry.datasets().latest("flight_delays")).isPresent();
    assertThat(registry.models().champion("late_arrival")).isPresent();
    assertThat(registry.files().of("landings")).hasSize(1);
    assertThat(registry.audit().verify()).isEqualTo(new AuditLog.Verdict(2, null));
  }

  @Test
  void opening_again_changes_nothing() throws Exception {
    Path file = folder.resolve("registry.db");
    Registry.open(file).close();
    byte[] before = Files.readAllBytes(file);
    Registry.open(file).close();
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void a_registry_of_a_newer_program_is_refused() throws Exception {
    Path file = folder.resolve("registry.db");
    Registry.open(file).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      sql.executeUpdate("PRAGMA user_version = " + (Registry.FORMAT_VERSION + 1));
    }
    assertThatThrownBy(() -> Registry.open(file))
        .hasMessageContaining("STATE_VERSION")
        .hasMessageContaining("use the program that wrote it, or a newer one");
  }

  private static int userVersion(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      return sql.executeQuery("PRAGMA user_version").getInt(1);
    }
  }
}
