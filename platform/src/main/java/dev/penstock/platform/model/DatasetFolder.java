package dev.penstock.platform.model;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.format.ParquetScan;
import dev.penstock.training.DatasetFile;
import dev.penstock.training.DatasetManifest;
import dev.penstock.training.Examples;
import dev.penstock.training.FeatureMatrix;
import dev.penstock.training.FeatureSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A dataset that was built: its manifest and its files, read split by split. */
public final class DatasetFolder {
  /** The manifest's file. */
  public static final String MANIFEST = "manifest.json";

  private final Path folder;
  private final DatasetManifest manifest;

  private DatasetFolder(Path folder, DatasetManifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Opens a built dataset.
   *
   * @throws PenstockException {@code FILE_NOT_FOUND} or {@code FILE_CORRUPT}
   */
  public static DatasetFolder open(Path folder) {
    try {
      return new DatasetFolder(
          folder, DatasetManifest.fromJson(Files.readString(folder.resolve(MANIFEST))));
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.FILE_NOT_FOUND, null, "there is no dataset in " + folder, "build it again", e);
    }
  }

  public Path folder() {
    return folder;
  }

  public DatasetManifest manifest() {
    return manifest;
  }

  public Schema schema() {
    return new Schema(manifest.columns());
  }

  /** How many rows a split has. */
  public int rows(String split) {
    return Math.toIntExact(manifest.split(split).counts().counted());
  }

  /** Shows every batch of a split, in order, with these columns. */
  public void each(String split, List<String> columns, Consumer<Batch> consumer) {
    manifest.split(split);
    for (DatasetFile file : manifest.files()) {
      if (file.split().equals(split)) {
        try (BatchReader reader =
            ParquetScan.of(folder.resolve(file.path())).columns(columns).open()) {
          for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            consumer.accept(batch);
          }
        }
      }
    }
  }

  /** A whole column of a split. */
  public Column column(String split, String name) {
    List<Batch> batches = new ArrayList<>();
    each(split, List.of(name), batches::add);
    return Batch.concat(schema().select(List.of(name)), batches).column(name);
  }

  /** The labels of a split. */
  public float[] labels(String split) {
    return ((FloatColumn) column(split, manifest.label())).values();
  }

  /** Examples of some splits, one after the other; the strings' dictionaries are learned. */
  public Examples learn(List<String> splits, List<String> features) {
    return examples(splits, FeatureMatrix.learning(FeatureSchema.of(schema(), features)), features);
  }

  /** Examples of a split in the encoding of a trained model. */
  public Examples encode(String split, FeatureSchema trained) {
    return examples(List.of(split), FeatureMatrix.encoded(trained), trained.names());
  }

  private Examples examples(
      List<String> splits, FeatureMatrix.Builder matrix, List<String> features) {
    List<String> columns = new ArrayList<>(features);
    if (!columns.contains(manifest.label())) {
      columns.add(manifest.label());
    }
    float[] labels = new float[splits.stream().mapToInt(this::rows).sum()];
    int[] at = {0};
    for (String split : splits) {
      each(
          split,
          columns,
          batch -> {
            matrix.add(batch);
            float[] some = ((FloatColumn) batch.column(manifest.label())).values();
            System.arraycopy(some, 0, labels, at[0], some.length);
            at[0] += some.length;
          });
    }
    return new Examples(
        matrix.build(), at[0] == labels.length ? labels : Arrays.copyOf(labels, at[0]));
  }
}
