package dev.penstock.lake.files;

/**
 * A content that is kept.
 *
 * @param sha256 its SHA-256, in 64 hexadecimal digits
 * @param bytes how long it is
 */
public record StoredFile(String sha256, long bytes) {}
