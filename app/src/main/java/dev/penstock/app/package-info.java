/** The command line: from arguments to an exit code. */
@NullMarked
package dev.penstock.app;

import org.jspecify.annotations.NullMarked;
