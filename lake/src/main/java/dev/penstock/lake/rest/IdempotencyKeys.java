package dev.penstock.lake.rest;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.exceptions.UnprocessableEntityException;
import org.jspecify.annotations.Nullable;

/**
 * What was answered under which idempotency key. A key's row is part of the transaction that it
 * stands for: either both are there after a crash, or neither. Who comes second with a key waits
 * for the first to end.
 */
final class IdempotencyKeys {
  /** How long a key is remembered, at least. */
  static final Duration LIFETIME = Duration.ofMinutes(30);

  private static final String ETAG = "etag";
  private static final int UNFINISHED = 0;

  private final Connections connections;
  private final InstantSource clock;

  IdempotencyKeys(Connections connections, InstantSource clock) {
    this.connections = connections;
    this.clock = clock;
  }

  static void create(Connections connections) {
    connections.ask(
        connection ->
            CatalogRows.execute(
                connection,
                "CREATE TABLE IF NOT EXISTS penstock_idempotency (request_key VARCHAR(36)"
                    + " PRIMARY KEY, request_hash VARCHAR(64) NOT NULL, seen_millis BIGINT NOT NULL,"
                    + " status INTEGER NOT NULL, etag VARCHAR(80), body TEXT NOT NULL)"));
  }

  /**
   * Takes a key for the thread's transaction, or has the answer that was given under it.
   *
   * @throws UnprocessableEntityException if the key was used for another request
   */
  Optional<RestResponse> take(String key, String hash) {
    long now = clock.instant().toEpochMilli();
    return connections.ask(
        connection -> {
          forget(connection, now - LIFETIME.toMillis());
          return insert(connection, key, hash, now, UNFINISHED, null, "")
              ? Optional.empty()
              : Optional.of(answered(connection, key, hash));
        });
  }

  /** Writes down the answer to a request whose key was taken. */
  void finish(String key, RestResponse response) {
    connections.ask(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE penstock_idempotency SET status = ?, etag = ?, body = ?"
                      + " WHERE request_key = ?")) {
            update.setInt(1, response.status());
            update.setString(2, response.headers().get(ETAG));
            update.setString(3, new String(response.body(), StandardCharsets.UTF_8));
            update.setString(4, key);
            return update.executeUpdate();
          }
        });
  }

  /** Writes down a refusal, unless the key has an answer by now. */
  void refuse(String key, String hash, RestResponse refusal) {
    long now = clock.instant().toEpochMilli();
    String body = new String(refusal.body(), StandardCharsets.UTF_8);
    connections.ask(connection -> insert(connection, key, hash, now, refusal.status(), null, body));
  }

  private static void forget(Connection connection, long before) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM penstock_idempotency WHERE seen_millis < ?")) {
      delete.setLong(1, before);
      delete.executeUpdate();
    }
  }

  private static boolean insert(
      Connection connection,
      String key,
      String hash,
      long now,
      int status,
      @Nullable String etag,
      String body)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO penstock_idempotency"
                + " (request_key, request_hash, seen_millis, status, etag, body)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (request_key) DO NOTHING")) {
      insert.setString(1, key);
      insert.setString(2, hash);
      insert.setLong(3, now);
      insert.setInt(4, status);
      insert.setString(5, etag);
      insert.setString(6, body);
      return insert.executeUpdate() == 1;
    }
  }

  private static RestResponse answered(Connection connection, String key, String hash)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT request_hash, status, etag, body FROM penstock_idempotency"
                + " WHERE request_key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next() || !row.getString(1).equals(hash)) {
          throw new UnprocessableEntityException(
              "Idempotency key %s was used for another request", key);
        }
        Map<String, String> headers = new HashMap<>();
        byte[] body = row.getString(4).getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
          headers.put("content-type", "application/json");
        }
        String etag = row.getString(3);
        if (etag != null) {
          headers.put(ETAG, etag);
        }
        return new RestResponse(row.getInt(2), headers, body);
      }
    }
  }
}
