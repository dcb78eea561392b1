package dev.penstock.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.training.FeatureMatrix;
import dev.penstock.training.FeatureSchema;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Scores with an ONNX graph: one input of float32, shape {@code [rows, features]}, NaN where a
 * value is missing; the last output of float32 is the score, shape {@code [rows]} or {@code [rows,
 * 1]}, or {@code [rows, 2]} with the probability of yes in the second column.
 *
 * <p>Rows are given to the graph one at a time and on one thread: kernels for many rows add up in
 * another order, and a served score has to have the bits of the evaluated one.
 */
final class OnnxScorer implements Scorer {
  private final FeatureSchema features;
  private final OrtSession session;
  private final String input;
  private final String output;
  private final int column;

  private OnnxScorer(
      FeatureSchema features, OrtSession session, String input, String output, int column) {
    this.features = features;
    this.session = session;
    this.input = input;
    this.output = output;
    this.column = column;
  }

  static OnnxScorer open(TrainedModel model) {
    FeatureSchema features = model.features();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(model.bytes(), options);
      try {
        String input = input(session, features);
        Map.Entry<String, Integer> output = output(session);
        return new OnnxScorer(features, session, input, output.getKey(), output.getValue());
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new PenstockException(
          ErrorCode.FILE_CORRUPT, null, "the model is no ONNX graph: " + e.getMessage(), "", e);
    }
  }

  private static String input(OrtSession session, FeatureSchema features) throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    if (inputs.size() == 1) {
      NodeInfo only = inputs.values().iterator().next();
      if (only.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
        long[] shape = tensor.getShape();
        if (shape.length == 2 && (shape[1] == features.size() || shape[1] < 0)) {
          return only.getName();
        }
      }
    }
    throw new PenstockException(
        ErrorCode.TYPE_MISMATCH,
        "the ONNX graph takes " + inputs.values(),
        "it must take one input of float32, shape [rows, " + features.size() + "]");
  }

  /** The output that is the score, and which of its columns. */
  private static Map.Entry<String, Integer> output(OrtSession session) throws OrtException {
    NodeInfo last = null;
    for (NodeInfo each : session.getOutputInfo().values()) {
      if (each.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
        last = each;
      }
    }
    if (last != null) {
      long[] shape = ((TensorInfo) last.getInfo()).getShape();
      if (shape.length == 1 || (shape.length == 2 && (shape[1] == 1 || shape[1] == 2))) {
        return Map.entry(last.getName(), shape.length == 2 && shape[1] == 2 ? 1 : 0);
      }
    }
    throw new PenstockException(
        ErrorCode.TYPE_MISMATCH,
        "the ONNX graph gives " + session.getOutputInfo().values(),
        "its last output of float32 must be the score, shape [rows], [rows, 1] or [rows, 2]");
  }

  @Override
  public FeatureSchema features() {
    return features;
  }

  @Override
  public float score(float[] row) {
    if (row.length != features.size()) {
      throw new IllegalArgumentException(row.length + " values for " + features.size());
    }
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                FloatBuffer.wrap(row),
                new long[] {1, row.length});
        OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().get(column);
    } catch (OrtException e) {
      throw new PenstockException(
          ErrorCode.EVALUATION_FAILED, null, "the ONNX graph failed: " + e.getMessage(), "", e);
    }
  }

  @Override
  public float[] score(FeatureMatrix matrix) {
    if (!matrix.schema().equals(features)) {
      throw new IllegalArgumentException("the matrix is not encoded as the model was trained");
    }
    int width = features.size();
    float[] scores = new float[matrix.rows()];
    int next = 0;
    for (float[] chunk : matrix.chunks()) {
      for (int at = 0; at < chunk.length; at += width) {
        scores[next++] = score(Arrays.copyOfRange(chunk, at, at + width));
      }
    }
    return scores;
  }
}
