package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.NaiveAggregate.canonical;
import static dev.penstock.feature.internal.NaiveAggregate.error;
import static dev.penstock.feature.internal.NaiveAggregate.nothing;
import static dev.penstock.feature.internal.NaiveAggregate.present;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The naive twin's approximate distinct counts, decaying sums, and sums of vectors. */
final class NaiveSketches {
  private static final BigInteger WORD = BigInteger.TWO.pow(64);

  private NaiveSketches() {}

  /** A HyperLogLog of 4096 registers, estimated by the sums as they stand in the paper. */
  static FeatureValue approximateDistinct(List<Object> values) {
    int[] greatest = new int[4096];
    for (Object value : values) {
      String bits = "0".repeat(64) + hash(value).toString(2);
      bits = bits.substring(bits.length() - 64);
      int register = Integer.parseInt(bits.substring(0, 12), 2);
      int rank = (bits.substring(12) + "1").indexOf('1') + 1;
      greatest[register] = Math.max(greatest[register], rank);
    }
    double m = 4096;
    double sum = 0;
    double empty = 0;
    double full = 0;
    for (int rank : greatest) {
      empty += rank == 0 ? 1 / m : 0;
      full += rank == 53 ? 1 / m : 0;
      sum += rank == 0 || rank == 53 ? 0 : Math.pow(2, -rank);
    }
    double sigma = empty;
    double tau = 1 - (1 - full);
    for (int k = 1; k < 60; k++) {
      sigma += Math.pow(empty, Math.pow(2, k)) * Math.pow(2, k - 1);
      tau -= Math.pow(1 - Math.pow(1 - full, Math.pow(2, -k)), 2) * Math.pow(2, -k);
    }
    double z = m * sigma + sum + m * Math.pow(2, -52) * (full == 0 ? 0 : tau / 3);
    return present(Math.round(m * m / (2 * Math.log(2)) / z));
  }

  private static BigInteger hash(Object value) {
    BigInteger hash = new BigInteger("cbf29ce484222325", 16);
    for (byte one : bytes(value)) {
      hash = hash.xor(BigInteger.valueOf(one & 0xFF)).multiply(new BigInteger("100000001b3", 16));
      hash = hash.mod(WORD);
    }
    for (String factor : new String[] {"ff51afd7ed558ccd", "c4ceb9fe1a85ec53"}) {
      hash = hash.xor(hash.shiftRight(33)).multiply(new BigInteger(factor, 16)).mod(WORD);
    }
    return hash.xor(hash.shiftRight(33));
  }

  private static byte[] bytes(Object value) {
    ByteBuffer eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    if (value instanceof Boolean flag) {
      return new byte[] {(byte) (flag ? 1 : 0)};
    } else if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    } else if (value instanceof BigDecimal decimal) {
      return decimal.unscaledValue().toByteArray();
    } else if (value instanceof byte[] bytes) {
      return bytes;
    } else if (value instanceof float[] vector) {
      ByteBuffer all = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
      for (float element : vector) {
        all.putFloat(element);
      }
      return all.array();
    } else if (value instanceof Double || value instanceof Float) {
      return eight.putDouble(((Number) value).doubleValue()).array();
    }
    return eight.putLong(((Number) value).longValue()).array();
  }

  /** By cell of the grid, the rounded sum by the weight of the cell's end. */
  static FeatureValue decayed(
      Aggregate aggregate, long q, List<InputRow> rows, List<Object> values) {
    BigInteger width = BigInteger.valueOf(aggregate.parameters().get(1).longValue());
    List<Object> products = new ArrayList<>();
    List<Object> weights = new ArrayList<>();
    List<BigInteger> ends =
        rows.stream().map(row -> endOfCell(row.eventTime(), width)).distinct().toList();
    for (BigInteger end : ends) {
      List<Object> inCell = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        if (endOfCell(rows.get(i).eventTime(), width).equals(end)) {
          inCell.add(values.get(i));
        }
      }
      BigInteger age = BigInteger.valueOf(q).subtract(end).max(BigInteger.ZERO);
      double weight = StrictMath.pow(2, -(age.doubleValue() / aggregate.parameter()));
      FeatureValue sum = NaiveAggregate.roundedSum(inCell);
      if (sum.status() == FeatureStatus.ERROR) {
        return error();
      }
      double value = (double) sum.value();
      products.add(Double.isFinite(value) ? value * weight : value);
      weights.add(inCell.size() * weight);
    }
    FeatureValue sum = NaiveNumbers.realSum(products);
    if (aggregate.function() == AggregateFunction.DECAY_SUM || sum.value() == null) {
      return sum;
    }
    double weight = (double) NaiveNumbers.realSum(weights).value();
    if (weight == 0) {
      return nothing();
    }
    double mean = (double) sum.value() / weight;
    return Double.isInfinite(mean) && Double.isFinite((double) sum.value())
        ? error()
        : present(canonical(mean));
  }

  private static BigInteger endOfCell(long eventTime, BigInteger width) {
    BigInteger time = BigInteger.valueOf(eventTime);
    return time.subtract(time.mod(width)).add(width);
  }

  static FeatureValue vector(AggregateFunction function, List<Object> values) {
    int length = ((float[]) values.get(0)).length;
    float[] vector = new float[length];
    for (int i = 0; i < length; i++) {
      int element = i;
      if (values.stream().anyMatch(value -> ((float[]) value).length != length)) {
        return error();
      }
      FeatureValue sum =
          NaiveNumbers.realSum(
              values.stream().map(value -> (Object) ((float[]) value)[element]).toList());
      double exact = (double) sum.value();
      float rounded =
          (float) (function == AggregateFunction.VECTOR_SUM ? exact : exact / values.size());
      if (Float.isInfinite(rounded) && Double.isFinite(exact)) {
        return error();
      }
      vector[i] = (Float) canonical(rounded);
    }
    return values.stream().allMatch(value -> ((float[]) value).length == length)
        ? present(vector)
        : error();
  }
}
