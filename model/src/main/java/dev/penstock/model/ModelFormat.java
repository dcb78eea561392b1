package dev.penstock.model;

/** How a model's bytes are written. */
public enum ModelFormat {
  /** XGBoost's own model in UBJSON, which XGBoost of any language loads. */
  XGBOOST_UBJ("model.ubj"),
  /** An ONNX graph, written by a trainer that is a program of its own. */
  ONNX("model.onnx");

  private final String file;

  ModelFormat(String file) {
    this.file = file;
  }

  /** The name of the file that holds the bytes. */
  public String file() {
    return file;
  }
}
