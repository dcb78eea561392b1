/** Files kept as they are, by their content: images, sounds, texts. */
@NullMarked
package dev.penstock.lake.files;

import org.jspecify.annotations.NullMarked;
