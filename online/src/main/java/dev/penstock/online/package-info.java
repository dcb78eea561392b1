/**
 * Serving: which views are kept up to date, how a commit reaches them, and how a read answers from
 * one moment of a store. Knows no particular store.
 */
@NullMarked
package dev.penstock.online;

import org.jspecify.annotations.NullMarked;
