/** Columns out of what others send: Arrow vectors and Avro records. */
@NullMarked
package dev.penstock.format.internal.wire;

import org.jspecify.annotations.NullMarked;
