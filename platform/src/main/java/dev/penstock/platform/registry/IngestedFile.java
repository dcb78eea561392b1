package dev.penstock.platform.registry;

import dev.penstock.data.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A file that was taken into a source.
 *
 * @param content of the file's bytes
 * @param done false from its first row on until all of it is in the lake
 * @param snapshot of the source's log table that holds it, once it is done
 */
public record IngestedFile(
    String source,
    Fingerprint content,
    String fileName,
    boolean done,
    @Nullable Long snapshot,
    long accepted,
    long quarantined,
    long duplicates,
    long atMicros) {}
