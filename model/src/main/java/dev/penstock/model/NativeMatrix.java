package dev.penstock.model;

import dev.penstock.training.Examples;
import dev.penstock.training.FeatureMatrix;
import java.util.Arrays;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.java.util.BigDenseMatrix;

/**
 * Copies examples into XGBoost. Its quantile matrix would need less memory, but its Java binding
 * makes one on a GPU only.
 */
final class NativeMatrix {
  private NativeMatrix() {}

  static DMatrix of(Examples examples, boolean categorical) throws XGBoostError {
    FeatureMatrix features = examples.features();
    BigDenseMatrix dense = new BigDenseMatrix(features.rows(), features.columns());
    DMatrix matrix;
    try {
      long at = 0;
      for (float[] chunk : features.chunks()) {
        for (float value : chunk) {
          dense.set(at++, value);
        }
      }
      matrix = new DMatrix(dense, Float.NaN);
    } finally {
      dense.dispose();
    }
    matrix.setLabel(examples.labels());
    if (categorical) {
      String[] types = new String[features.columns()];
      Arrays.setAll(types, c -> features.schema().column(c).isCategorical() ? "c" : "float");
      matrix.setFeatureTypes(types);
    }
    return matrix;
  }
}
