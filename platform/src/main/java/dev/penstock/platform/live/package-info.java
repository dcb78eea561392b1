/** The live side of a project: rows pushed, features and predictions answered, the log flushed. */
@NullMarked
package dev.penstock.platform.live;

import org.jspecify.annotations.NullMarked;
