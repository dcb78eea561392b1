/** The commands: each collects its arguments and asks a project to do its work. */
@NullMarked
package dev.penstock.app.command;

import org.jspecify.annotations.NullMarked;
