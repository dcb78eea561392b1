/**
 * What a feature is: entity, view, service, window, aggregate, and their one meaning, used by the
 * replay of history and by live state alike. Pure: no clock, no I/O, no threads.
 */
@NullMarked
package dev.penstock.feature;

import org.jspecify.annotations.NullMarked;
