package dev.penstock.training;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a dataset is and what it was made of. Its version follows from its definition and its
 * inputs, so the same version built again gives the same files, and the manifest says by their
 * SHA-256 whether it did.
 *
 * @param name the dataset's name
 * @param definition the fingerprint of its definition
 * @param mode {@code as_seen} or {@code as_happened}
 * @param inputs what it was computed from; kept sorted by table
 * @param columns the columns of its files
 * @param label the name of the label's column
 * @param splits the splits it holds, in order
 * @param files its files, in order
 */
public record DatasetManifest(
    String name,
    Fingerprint definition,
    String mode,
    List<DatasetInput> inputs,
    List<Field> columns,
    String label,
    List<SplitSummary> splits,
    List<DatasetFile> files) {
  /** The version of the stored form. */
  public static final int FORMAT = 1;

  public DatasetManifest {
    inputs =
        inputs.stream()
            .sorted(
                Comparator.comparing(DatasetInput::table)
                    .thenComparing(DatasetInput::snapshot)
                    .thenComparing(DatasetInput::positions))
            .toList();
    columns = List.copyOf(columns);
    splits = List.copyOf(splits);
    files = List.copyOf(files);
    if (columns.stream().noneMatch(column -> column.name().equals(label))) {
      throw new IllegalArgumentException("the label '" + label + "' is none of the columns");
    }
  }

  /** The version: definition, mode, inputs and which splits it holds. */
  public Fingerprint version() {
    return version(
        definition, mode, inputs, splits.stream().map(summary -> summary.split().name()).toList());
  }

  /** The version a dataset will have, before it is built. */
  public static Fingerprint version(
      Fingerprint definition, String mode, List<DatasetInput> inputs, List<String> splits) {
    List<String> parts = new ArrayList<>(List.of("dataset", definition.hex(), mode));
    inputs.stream()
        .sorted(
            Comparator.comparing(DatasetInput::table)
                .thenComparing(DatasetInput::snapshot)
                .thenComparing(DatasetInput::positions))
        .forEach(
            input -> parts.addAll(List.of(input.table(), input.snapshot(), input.positions())));
    parts.add("splits");
    parts.addAll(splits);
    return Fingerprint.of(parts);
  }

  /**
   * The summary of that split.
   *
   * @throws PenstockException {@link ErrorCode#NOT_FOUND}
   */
  public SplitSummary split(String split) {
    return splits.stream()
        .filter(summary -> summary.split().name().equals(split))
        .findFirst()
        .orElseThrow(
            () ->
                new PenstockException(
                    ErrorCode.NOT_FOUND,
                    "the dataset '" + name + "' has no split '" + split + "'",
                    "it has " + splits.stream().map(summary -> summary.split().name()).toList()));
  }

  /** The manifest as JSON: the same manifest gives the same bytes. */
  public String toJson() {
    return ManifestJson.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws PenstockException {@link ErrorCode#FILE_CORRUPT} or {@link ErrorCode#STATE_VERSION}
   */
  public static DatasetManifest fromJson(String json) {
    return ManifestJson.read(json);
  }

  /** One line a split: rows, balance, and what was left out. */
  public String balanceText() {
    return BalanceText.of(this);
  }
}
