/** What became of predictions: their log, their outcomes, parity, drift and the report. */
@NullMarked
package dev.penstock.platform.feedback;

import org.jspecify.annotations.NullMarked;
