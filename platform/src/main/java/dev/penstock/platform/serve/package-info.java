/** What a server asks of a project: rows in, features and predictions out. */
@NullMarked
package dev.penstock.platform.serve;

import org.jspecify.annotations.NullMarked;
