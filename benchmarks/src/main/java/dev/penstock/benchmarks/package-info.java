/**
 * How fast the kernel is: the same questions put to it and to other engines, on the same data in
 * the same run. {@code benchmarks/README.md} says how to run it and how to read it.
 */
@NullMarked
package dev.penstock.benchmarks;

import org.jspecify.annotations.NullMarked;
