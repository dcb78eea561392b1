package dev.penstock.platform.registry;

import dev.penstock.data.Fingerprint;

/**
 * A dataset that was built.
 *
 * @param version names it by all it was made from; unique over all datasets
 * @param fingerprint of the definition it was built by
 * @param inputs JSON: snapshots, positions and engine versions it was computed from
 * @param summary JSON: rows per split, balance of the label, leakage report
 * @param tag of the lake's snapshot that holds it
 */
public record DatasetVersion(
    String version,
    String name,
    Fingerprint fingerprint,
    String inputs,
    String summary,
    String tag,
    long builtMicros) {}
