/** The server under load, beside Redis and a server that does nothing. */
@NullMarked
package dev.penstock.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
