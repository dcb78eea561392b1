package dev.penstock.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void three_entries() {
    file = folder.resolve("registry.db");
    try (Registry registry = Registry.open(file)) {
      for (int i = 1; i <= 3; i++) {
        registry.audit().append(i, "me", "promote", "model late", "{\"auc\":0." + i + "}");
      }
    }
  }

  @Test
  void an_untouched_log_is_sound() {
    try (Registry registry = Registry.open(file)) {
      assertThat(registry.audit().verify()).isEqualTo(new AuditLog.Verdict(3, null));
      assertThat(registry.audit().about("model late")).hasSize(3);
      assertThat(registry.audit().latest(2)).extracting(AuditEntry::number).containsExactly(3L, 2L);
    }
  }

  @Test
  void an_entry_cannot_be_changed_or_deleted() {
    assertThatThrownBy(() -> sql("UPDATE audit SET who = 'you' WHERE number = 2"))
        .hasMessageContaining("append-only");
    assertThatThrownBy(() -> sql("DELETE FROM audit WHERE number = 2"))
        .hasMessageContaining("append-only");
  }

  @Test
  void an_entry_that_was_changed_behind_the_trigger_is_found() throws SQLException {
    sql("DROP TRIGGER audit_is_not_changed");
    sql("UPDATE audit SET evidence = '{\"auc\":0.9}' WHERE number = 2");
    assertBrokenAt(2);
  }

  @Test
  void an_entry_that_was_taken_out_is_found() throws SQLException {
    sql("DROP TRIGGER audit_is_not_shortened");
    sql("DELETE FROM audit WHERE number = 2");
    assertBrokenAt(2);
  }

  @Test
  void entries_that_were_renumbered_to_hide_a_gap_are_found() throws SQLException {
    sql("DROP TRIGGER audit_is_not_shortened");
    sql("DROP TRIGGER audit_is_not_changed");
    sql("DELETE FROM audit WHERE number = 1");
    sql("UPDATE audit SET number = number - 1");
    assertBrokenAt(1);
  }

  @Test
  void two_processes_that_append_make_one_chain() throws Exception {
    Runnable appends =
        () -> {
          try (Registry registry = Registry.open(file)) {
            for (int i = 0; i < 50; i++) {
              registry.audit().append(i, "me", "apply", "project", "{}");
            }
          }
        };
    Thread first = new Thread(appends);
    Thread second = new Thread(appends);
    first.start();
    second.start();
    first.join();
    second.join();
    try (Registry registry = Registry.open(file)) {
      assertThat(registry.audit().verify()).isEqualTo(new AuditLog.Verdict(103, null));
    }
  }

  private void assertBrokenAt(long number) {
    try (Registry registry = Registry.open(file)) {
      assertThat(registry.audit().verify().firstBroken()).isEqualTo(number);
      assertThat(registry.audit().verify().isSound()).isFalse();
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      sql.executeUpdate(statement);
    }
  }
}
