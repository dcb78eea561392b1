package dev.penstock.platform.command;

import org.jspecify.annotations.Nullable;

/**
 * SQL over the lake whose rows a program reads.
 *
 * @param asOf a version, a tag, a branch, a snapshot id, or a moment; null for now
 */
public record Statement(String text, @Nullable String asOf) {}
