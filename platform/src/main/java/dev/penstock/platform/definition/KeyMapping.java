package dev.penstock.platform.definition;

/** Which column stands for an entity's key: {@code airport = origin}. */
public record KeyMapping(Written key, Written column) {}
