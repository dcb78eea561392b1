package dev.penstock.platform.registry;

import org.jspecify.annotations.Nullable;

/** One run of a command that makes things. */
public record Run(
    long id,
    String command,
    WorkState state,
    long startedMicros,
    @Nullable Long finishedMicros,
    String message) {}
