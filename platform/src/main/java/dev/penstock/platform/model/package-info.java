/** Models of a project: training on built datasets, scoring them, and the promotion gate. */
@NullMarked
package dev.penstock.platform.model;

import org.jspecify.annotations.NullMarked;
