/** Seeded generators, clocks and oracles for the tests of every room. */
@NullMarked
package dev.penstock.testkit;

import org.jspecify.annotations.NullMarked;
