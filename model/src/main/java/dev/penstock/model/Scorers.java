package dev.penstock.model;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.model.internal.XgboostModel;

/** Opens models for scoring. */
final class Scorers {
  private Scorers() {}

  static Scorer open(TrainedModel model) {
    return switch (model.format()) {
      case XGBOOST_UBJ -> trees(model);
      case ONNX -> OnnxScorer.open(model);
    };
  }

  private static Scorer trees(TrainedModel model) {
    XgboostModel trees;
    try {
      trees = XgboostModel.read(model.bytes(), model.rounds());
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new PenstockException(
          ErrorCode.FILE_CORRUPT,
          null,
          "the model's bytes are no XGBoost model that can be scored: " + e.getMessage(),
          "",
          e);
    }
    if (trees.gains().size() != model.features().size()) {
      throw new PenstockException(
          ErrorCode.FILE_CORRUPT,
          "the model takes "
              + trees.gains().size()
              + " features, its description names "
              + model.features().size(),
          "the two files are of different models");
    }
    return new TreeScorer(model.features(), trees);
  }
}
