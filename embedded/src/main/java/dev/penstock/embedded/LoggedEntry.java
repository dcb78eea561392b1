package dev.penstock.embedded;

/**
 * An entry of the prediction log.
 *
 * @param sequence dense, in the order of the commits
 * @param kind what the bytes are; the writer's to choose, 0 to 255
 * @param bytes not copied: only to be read
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier between the store and one reader.
public record LoggedEntry(long sequence, int kind, byte[] bytes) {}
