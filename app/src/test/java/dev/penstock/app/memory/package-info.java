/** A small project in memory, for tests of what stands before a real one. */
package dev.penstock.app.memory;
