package dev.penstock.platform.registry;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Brings a registry to the newest tables, one numbered file after the other. SQLite's {@code
 * user_version} says which were run; each runs in a transaction of its own with that number.
 */
final class Migrations {
  static final int LATEST = 3;

  private Migrations() {}

  static void run(Database database, Path file) {
    database.transaction(
        () -> {
          int version = version(database);
          if (version > LATEST) {
            throw new PenstockException(
                ErrorCode.STATE_VERSION,
                "the registry "
                    + file
                    + " has version "
                    + version
                    + ", this program knows "
                    + LATEST,
                "use the program that wrote it, or a newer one");
          }
          for (int next = version + 1; next <= LATEST; next++) {
            database.execute(sql(next));
            database.execute("PRAGMA user_version = " + next);
          }
          return null;
        });
  }

  static int version(Database database) {
    return database.queryOne("PRAGMA user_version", row -> row.getInt(1)).orElse(0);
  }

  static String sql(int number) {
    String name = String.format("%03d.sql", number);
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its migration " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.INTERNAL, null, "migration " + name + " cannot be read", "", e);
    }
  }
}
