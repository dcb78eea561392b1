package dev.penstock.platform.registry;

import dev.penstock.data.Fingerprint;

/** Which content of a dimension its lookups read: the rows' fingerprint and the lake's snapshot. */
public record Pin(String dimension, Fingerprint fingerprint, long snapshot, long pinnedMicros) {}
