/**
 * Data for training: splits by time, labels that had matured, dataset manifests, dense feature
 * matrices, the leakage report.
 */
@NullMarked
package dev.penstock.training;

import org.jspecify.annotations.NullMarked;
