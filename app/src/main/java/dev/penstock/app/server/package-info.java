/** The HTTP server: rows in, features and predictions out. */
@NullMarked
package dev.penstock.app.server;

import org.jspecify.annotations.NullMarked;
