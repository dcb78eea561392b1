/** Delta tables as input: their log is read by Delta Kernel, their data files by our reader. */
@NullMarked
package dev.penstock.lake.delta;

import org.jspecify.annotations.NullMarked;
