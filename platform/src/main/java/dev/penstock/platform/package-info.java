/** The embedded artifact: opens a project, wires all rooms, and runs what commands ask for. */
@NullMarked
package dev.penstock.platform;

import org.jspecify.annotations.NullMarked;
