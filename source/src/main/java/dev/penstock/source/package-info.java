/**
 * Getting data in: what a source is, how its rows are accepted, and the interface of the log that
 * holds every accepted row. Time comes in as an argument; nothing here asks a clock of its own.
 */
@NullMarked
package dev.penstock.source;

import org.jspecify.annotations.NullMarked;
