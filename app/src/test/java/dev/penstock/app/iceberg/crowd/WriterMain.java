package dev.penstock.app.iceberg.crowd;

import dev.penstock.lake.Lake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A process with a writer of every kind. Arguments: the warehouse, the folder for journals, and
 * {@code finish} if it is to end when what was begun is done.
 */
public final class WriterMain {
  private WriterMain() {}

  public static void main(String[] arguments) {
    boolean goesOn = arguments.length < 3;
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Lake lake = Lake.open(Path.of(arguments[0]), CrowdTest.NAMESPACE)) {
      List<CompletableFuture<?>> writers = new ArrayList<>();
      for (LakeWriter.Kind kind : LakeWriter.Kind.values()) {
        LakeWriter writer = new LakeWriter(kind, lake.table(CrowdTest.IDS), Path.of(arguments[1]));
        writers.add(CompletableFuture.runAsync(() -> writer.run(goesOn), threads));
      }
      CompletableFuture.anyOf(
              CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)),
              CompletableFuture.anyOf(
                  writers.stream().map(WriterMain::failure).toArray(CompletableFuture[]::new)))
          .join();
    }
    threads.shutdown();
  }

  /** Never done but by a failure. */
  private static CompletableFuture<Void> failure(CompletableFuture<?> writer) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    writer.whenComplete(
        (result, e) -> {
          if (e != null) {
            failure.completeExceptionally(e);
          }
        });
    return failure;
  }
}
