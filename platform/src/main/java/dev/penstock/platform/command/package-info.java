/** What a command asks of a project, and what it answers; {@code app} prints it. */
@NullMarked
package dev.penstock.platform.command;

import org.jspecify.annotations.NullMarked;
