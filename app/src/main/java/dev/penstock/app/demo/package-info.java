/** Runs an example from its script of commands. */
@NullMarked
package dev.penstock.app.demo;

import org.jspecify.annotations.NullMarked;
