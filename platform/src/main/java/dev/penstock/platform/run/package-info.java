/** An open project and its operations: what each command does. */
@NullMarked
package dev.penstock.platform.run;

import org.jspecify.annotations.NullMarked;
