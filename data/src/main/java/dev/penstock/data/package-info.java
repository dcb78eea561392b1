/**
 * Vocabulary of every room: types, columns, batches, expressions, keys, errors. No I/O, no clock.
 */
@NullMarked
package dev.penstock.data;

import org.jspecify.annotations.NullMarked;
