/**
 * What came of predictions: outcomes joined to them, performance over time, drift, parity, and the
 * report of a whole loop.
 */
@NullMarked
package dev.penstock.feedback;

import org.jspecify.annotations.NullMarked;
