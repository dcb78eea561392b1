/** Sums, intervals and quantiles behind the room {@code quality}. */
@NullMarked
package dev.penstock.quality.internal;

import org.jspecify.annotations.NullMarked;
