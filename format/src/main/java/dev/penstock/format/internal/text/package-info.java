/** How CSV and NDJSON are read. */
@NullMarked
package dev.penstock.format.internal.text;

import org.jspecify.annotations.NullMarked;
