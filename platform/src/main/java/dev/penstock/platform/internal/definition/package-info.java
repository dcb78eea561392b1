/** How YAML files become definitions: nodes with their places, readers per kind, line parsers. */
@NullMarked
package dev.penstock.platform.internal.definition;

import org.jspecify.annotations.NullMarked;
