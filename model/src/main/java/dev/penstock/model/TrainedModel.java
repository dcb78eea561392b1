package dev.penstock.model;

import dev.penstock.training.FeatureSchema;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A model as a trainer leaves it: everything that scoring needs, and how it came about. */
public final class TrainedModel {
  private final ModelFormat format;
  private final byte[] bytes;
  private final FeatureSchema features;
  private final int rounds;
  private final SortedMap<String, Double> metrics;
  private final SortedMap<String, String> parameters;
  private final SortedMap<String, Double> importance;

  /**
   * Describes a model.
   *
   * @param format how {@code bytes} are written
   * @param bytes the model itself; taken over, not to be changed
   * @param features its inputs in order, with their dictionaries
   * @param rounds how many rounds of the model are used, from the first on; trees that early
   *     stopping grew beyond its best round are in the bytes and are left out. 0 where a model has
   *     no rounds
   * @param metrics what training measured, such as {@code stopping_logloss}
   * @param parameters everything it was trained with, defaults included
   * @param importance the share of each feature in what the model gained by its splits; empty where
   *     that is unknown
   */
  public TrainedModel(
      ModelFormat format,
      byte[] bytes,
      FeatureSchema features,
      int rounds,
      SortedMap<String, Double> metrics,
      SortedMap<String, String> parameters,
      SortedMap<String, Double> importance) {
    this.format = format;
    this.bytes = bytes;
    this.features = features;
    this.rounds = rounds;
    this.metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    this.parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    this.importance = Collections.unmodifiableSortedMap(new TreeMap<>(importance));
  }

  public ModelFormat format() {
    return format;
  }

  /** The model itself. Not a copy: only to be read. */
  public byte[] bytes() {
    return bytes;
  }

  public FeatureSchema features() {
    return features;
  }

  public int rounds() {
    return rounds;
  }

  public SortedMap<String, Double> metrics() {
    return metrics;
  }

  public SortedMap<String, String> parameters() {
    return parameters;
  }

  public SortedMap<String, Double> importance() {
    return importance;
  }

  /** Writes the model into a folder: its bytes, and {@code model.json} that describes them. */
  public void write(Path folder) {
    ModelFolder.write(this, folder);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws dev.penstock.data.PenstockException {@link dev.penstock.data.ErrorCode#FILE_NOT_FOUND}
   *     or {@link dev.penstock.data.ErrorCode#FILE_CORRUPT}
   */
  public static TrainedModel read(Path folder) {
    return ModelFolder.read(folder);
  }

  /** The SHA-256 of the bytes, in hexadecimal. */
  public String digest() {
    return ModelFolder.sha256(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrainedModel model
        && model.format == format
        && Arrays.equals(model.bytes, bytes)
        && model.features.equals(features)
        && model.rounds == rounds
        && model.metrics.equals(metrics)
        && model.parameters.equals(parameters)
        && model.importance.equals(importance);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return format + " of " + features.size() + " features, " + metrics;
  }
}
