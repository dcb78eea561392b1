package dev.penstock.platform.command;

import dev.penstock.data.Batch;
import dev.penstock.data.SystemColumns;

/**
 * Raw rows of one source with the moments at which a stream would have brought them. The batch has
 * the source's declared columns, {@link SystemColumns#ID} and {@link SystemColumns#SEEN_TIME}; its
 * rows are in order of seen time.
 */
public record ReplayRows(String source, Batch rows) {}
