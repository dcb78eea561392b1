/** The steps of acceptance: casting, judging, hashing. */
@NullMarked
package dev.penstock.source.internal;

import org.jspecify.annotations.NullMarked;
