package dev.penstock.platform.command;

import dev.penstock.data.Schema;

/**
 * A table of the lake, as tools list it.
 *
 * @param namespace the project's name, or that under which another engine keeps it
 */
public record TableShape(String namespace, String name, Schema columns) {}
