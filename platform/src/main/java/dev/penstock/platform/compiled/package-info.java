/**
 * Definitions made into the values of the other rooms: acceptance, transforms, views, services; and
 * the fingerprints that name them.
 */
@NullMarked
package dev.penstock.platform.compiled;

import org.jspecify.annotations.NullMarked;
