/** Datasets: a spine, its labels and the features of a service, pinned and written once. */
@NullMarked
package dev.penstock.platform.dataset;

import org.jspecify.annotations.NullMarked;
