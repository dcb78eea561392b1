/**
 * Files into sources: every row is accepted or quarantined, the batch is checked on a branch, and
 * only then published.
 */
@NullMarked
package dev.penstock.platform.ingest;

import org.jspecify.annotations.NullMarked;
