package dev.penstock.app.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.app.owner.ProjectLock.Acquired;
import dev.penstock.app.owner.ProjectLock.Attempt;
import dev.penstock.app.owner.ProjectLock.Taken;
import dev.penstock.platform.command.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLockTest {
  @TempDir Path folder;

  private Attempt attempt() {
    return ProjectLock.attempt(
        new Workspace(folder.toAbsolutePath(), "local"), "test", InstantSource.system());
  }

  @Test
  void second_attempt_within_a_process_finds_the_first() {
    try (ProjectLock lock = ((Acquired) attempt()).lock()) {
      lock.publish("http://127.0.0.1:1");
      Owner owner = ((Taken) attempt()).owner();

      assertThat(owner.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(owner.address()).isEqualTo("http://127.0.0.1:1");
      assertThat(owner.token()).hasSize(64);
    }
  }

  @Test
  void closed_lock_is_free_and_says_nothing() throws IOException {
    ((Acquired) attempt()).lock().close();

    assertThat(Files.readString(folder.resolve(".penstock/lock"))).isBlank();
    ((Acquired) attempt()).lock().close();
  }

  @Test
  void text_left_by_a_crash_stops_nobody() throws IOException {
    Files.createDirectories(folder.resolve(".penstock"));
    Files.writeString(
        folder.resolve(".penstock/lock"), "{\"pid\": 1, \"token\": \"x\", ".repeat(99));

    try (ProjectLock lock = ((Acquired) attempt()).lock()) {
      assertThat(Owner.parse(lock.owner().json())).isEqualTo(lock.owner());
    }
  }

  @Test
  void every_owner_has_a_token_of_its_own() {
    String first;
    try (ProjectLock lock = ((Acquired) attempt()).lock()) {
      first = lock.owner().token();
    }
    try (ProjectLock lock = ((Acquired) attempt()).lock()) {
      assertThat(lock.owner().token()).isNotEqualTo(first);
    }
  }
}
