package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.online.FeatureReader;
import dev.penstock.online.OnlineStore;
import dev.penstock.online.Reading;
import dev.penstock.online.ServedFeatures;
import dev.penstock.platform.feedback.PredictionTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers one selection of features from the store. Thread-safe. */
final class ServedSelection implements dev.penstock.platform.serve.FeatureReader {
  private final Selection selection;
  private final FeatureReader reader;
  private final OnlineStore store;
  private final Schema inputs;

  ServedSelection(Selection selection, FeatureReader reader, OnlineStore store) {
    this.selection = selection;
    this.reader = reader;
    this.store = store;
    this.inputs = new Schema(PredictionTable.requestFields(selection.service()));
  }

  @Override
  public Schema inputs() {
    return inputs;
  }

  @Override
  public FeatureAnswer read(Batch rows, @Nullable Long q) {
    ServedFeatures served = serve(rows, q);
    List<FeatureColumn> columns = new ArrayList<>();
    for (String name : selection.columns()) {
      columns.add(named(name, served.columns()));
    }
    return new FeatureAnswer(served.q(), columns, served.positions(), served.views());
  }

  /** All columns of the service, with everything that it takes to replay them. */
  ServedFeatures serve(Batch rows, @Nullable Long q) {
    try (Reading reading = reading(store, q)) {
      return reader.read(rows, reading);
    }
  }

  static Reading reading(OnlineStore store, @Nullable Long q) {
    return switch (store.clockMode()) {
      case WALL -> {
        if (q != null) {
          throw new PenstockException(
              ErrorCode.USAGE,
              "a moment was asked for, but this server answers at the present",
              "leave 'q' out, or ask history with penstock features get --spine");
        }
        yield store.now();
      }
      case REPLAY -> {
        if (q == null) {
          throw new PenstockException(
              ErrorCode.USAGE, "the replay clock needs a moment", "add 'q' to the request");
        }
        yield store.at(q);
      }
    };
  }

  private static FeatureColumn named(String name, List<FeatureColumn> columns) {
    for (FeatureColumn column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    throw new PenstockException(ErrorCode.INTERNAL, "no column " + name, "this is a bug of ours");
  }

  /** What an answer has a column for. */
  List<String> columns() {
    return selection.columns();
  }

  /** The fingerprint of what is asked. */
  Fingerprint fingerprint() {
    return selection.fingerprint();
  }
}
