/** What images, sounds and other files say of themselves in their first bytes. */
@NullMarked
package dev.penstock.format.internal.media;

import org.jspecify.annotations.NullMarked;
