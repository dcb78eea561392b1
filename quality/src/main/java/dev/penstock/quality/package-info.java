/**
 * What the data is like: profiles, checks with their verdicts, drift. Pure over batches: no I/O, no
 * clock.
 */
@NullMarked
package dev.penstock.quality;

import org.jspecify.annotations.NullMarked;
