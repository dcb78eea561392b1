/** Plays history back to a server, over HTTP, as it happened. */
@NullMarked
package dev.penstock.app.replay;

import org.jspecify.annotations.NullMarked;
