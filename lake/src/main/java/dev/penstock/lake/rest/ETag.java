package dev.penstock.lake.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;

/** Names an answer to a load: the metadata file, and how much of it was asked for. */
final class ETag {
  private ETag() {}

  static String of(String metadataLocation, SnapshotMode mode) {
    return '"' + sha256(mode.name().toLowerCase(Locale.ROOT) + " " + metadataLocation) + '"';
  }

  /** Whether the header {@code If-None-Match} names it. */
  static boolean matches(String header, String etag) {
    return Arrays.stream(header.split(",", -1))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(etag::equals);
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
