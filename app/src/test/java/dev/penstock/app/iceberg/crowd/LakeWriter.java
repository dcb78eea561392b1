package dev.penstock.app.iceberg.crowd;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.format.Condition;
import dev.penstock.lake.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One writer of a process that is killed. It writes down what it begins and what it was told is
 * done; what it does follows from its kind and the operation's number.
 */
final class LakeWriter {
  /** What a writer does. */
  enum Kind {
    APPEND,
    DELETE,
    OVERWRITE,
    BRANCH
  }

  private final Kind kind;
  private final LakeTable table;
  private final Path journal;

  LakeWriter(Kind kind, LakeTable table, Path folder) {
    this.kind = kind;
    this.table = table;
    this.journal = journal(kind, folder);
  }

  private static Path journal(Kind kind, Path folder) {
    return folder.resolve(kind + ".journal");
  }

  /** How many operations were acknowledged. */
  static long done(Kind kind, Path folder) throws IOException {
    return lines(journal(kind, folder), "done ");
  }

  private static long lines(Path journal, String beginning) throws IOException {
    return Files.exists(journal)
        ? Files.readString(journal).lines().filter(line -> line.startsWith(beginning)).count()
        : 0;
  }

  /** Which numbers are in the table after so many operations. */
  static List<Long> expected(Kind kind, long done) {
    List<Long> ids = new ArrayList<>();
    for (long n = 0; n < done; n++) {
      List<Long> written = Ids.of(kind.ordinal(), n);
      if (kind == Kind.OVERWRITE) {
        ids.clear();
      }
      if (kind == Kind.DELETE && n % 2 == 1) {
        ids.removeAll(deleted(n));
      } else {
        ids.addAll(written);
      }
    }
    return ids;
  }

  /** Three of what the operation before it wrote. */
  private static List<Long> deleted(long n) {
    return Ids.of(Kind.DELETE.ordinal(), n - 1).subList(0, 3);
  }

  /** Finishes what was begun, and goes on if it is to, until the process is killed. */
  void run(boolean goesOn) {
    try {
      long n = done(kind, journal.getParent());
      if (lines(journal, "begun ") > n) {
        untilDone(n);
        note("done " + n++);
      }
      SplittableRandom random = new SplittableRandom();
      while (goesOn) {
        note("begun " + n);
        untilDone(n);
        note("done " + n++);
        Thread.sleep(random.nextInt(60));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(String line) throws IOException {
    Files.writeString(journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void untilDone(long n) {
    while (true) {
      try {
        operate(n);
        return;
      } catch (PenstockException e) {
        if (e.code() != ErrorCode.CONFLICT_RETRY && e.code() != ErrorCode.UNKNOWN_STATE) {
          throw e;
        }
      }
    }
  }

  private void operate(long n) {
    String batch = kind + "-" + n;
    List<Long> ids = Ids.of(kind.ordinal(), n);
    if (kind == Kind.BRANCH) {
      if (table.batch(batch, LakeTable.MAIN).isEmpty()) {
        table.write().toBranch("work").batchId(batch).append(Ids.rows(ids));
        table.publish("work");
      }
    } else if (kind == Kind.OVERWRITE) {
      long from = Ids.from(kind.ordinal());
      table
          .write()
          .batchId(batch)
          .replace(
              List.of(Condition.range("id", from, Ids.from(kind.ordinal() + 1))), Ids.rows(ids));
    } else if (kind == Kind.DELETE && n % 2 == 1) {
      table.write().batchId(batch).delete(Ids.batch(deleted(n)));
    } else {
      table.write().batchId(batch).append(Ids.rows(ids));
    }
  }
}
