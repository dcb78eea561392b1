/** One process owns a project; the others send it their commands. */
@NullMarked
package dev.penstock.app.owner;

import org.jspecify.annotations.NullMarked;
