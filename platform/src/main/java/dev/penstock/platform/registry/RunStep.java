package dev.penstock.platform.registry;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a run makes.
 *
 * @param version what it is made from; a step of the same name and version need not run again
 * @param result JSON
 */
public record RunStep(
    long runId,
    String name,
    String version,
    WorkState state,
    long startedMicros,
    @Nullable Long finishedMicros,
    String result) {}
