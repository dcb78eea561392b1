package dev.penstock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Positions;
import dev.penstock.online.LiveView;
import dev.penstock.online.Reading;
import dev.penstock.source.ClockMode;
import dev.penstock.source.Decision;
import dev.penstock.source.Duplicate;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that version 1 wrote, by {@link #write}, is read by the version of today. */
class StoredFormTest {
  private static final StoreOptions OPTIONS = StoreOptions.of(ClockMode.REPLAY, () -> 0);

  @TempDir Path folder;

  /** What {@code store-v1.zip} holds the files of. */
  static void write(Path folder) {
    try (EmbeddedStore store = EmbeddedStore.open(folder, OPTIONS)) {
      store.define(List.of(Taps.SOURCE), Taps.GRAPH);
      store.startLive(Taps.NAME, Positions.of(0, 5), 900);
      store.fill(Taps.GRAPH.views(), List.of(), Positions.of(0, 5));
      store.push(Taps.NAME, Taps.push(11, 950, "a", "b", "a").seenAt(1_000)).join();
      store
          .push(
              Taps.NAME,
              RawRows.pushed(Rows.of(Taps.WITH_ID).row(960L, "a", -1.0, "bad").batch())
                  .seenAt(1_100))
          .join();
      store.predictions().append(3, List.of(new byte[] {1, 2}, new byte[] {3})).join();
      store.predictions().trim(1);
    }
  }

  @Test
  void store_of_version_1_is_read_in_all_its_parts() throws IOException {
    unzip();
    try (EmbeddedStore store = EmbeddedStore.open(folder, OPTIONS)) {
      assertThat(store.lastSeenTime()).isEqualTo(1_100);
      assertThat(store.history(Taps.NAME)).isEqualTo(Positions.of(0, 5));
      assertThat(store.log().end(Taps.NAME)).isEqualTo(Positions.of(0, 8));
      assertThat(
              Rows.of(
                  store
                      .log()
                      .read(Taps.NAME, Positions.of(0, 6), Positions.of(0, 7))
                      .iterator()
                      .next()))
          .containsExactly(List.of(950L, "b", 12.0, 950L, 1_000L, 0, 6L, "n12"));
      assertThat(store.quarantine().list(Taps.NAME, 9))
          .extracting(entry -> entry.row().reason())
          .containsExactly(QuarantineReason.RULE_FAILED);
      assertThat(store.predictions().read(0, 9))
          .extracting(LoggedEntry::sequence)
          .containsExactly(1L);
      store.define(List.of(Taps.SOURCE), Taps.GRAPH);
      for (LiveView view : Taps.GRAPH.views()) {
        assertThat(store.resume(view)).isTrue();
      }
      Decision again = store.push(Taps.NAME, Taps.push(12, 950, "b").seenAt(1_100)).join();
      assertThat(again.duplicates()).containsExactly(new Duplicate(0, "n12", 0, 6));
      try (Reading reading = store.at(1_101)) {
        assertThat(Taps.turns(reading, "a")).isEqualTo(2);
        assertThat(Taps.value(Taps.read(reading, "a"), "large__litres_1h", 0)).isEqualTo(24.0);
      }
    }
  }

  @Test
  void store_of_version_1_is_raised_to_the_version_that_keeps_live_rows() throws Exception {
    unzip();
    EmbeddedStore.open(folder, OPTIONS).close();
    try (EmbeddedStore store = EmbeddedStore.open(folder, OPTIONS)) {
      store.define(List.of(RetractionTest.ORDERS), RetractionTest.GRAPH);
      Rows rows = Rows.of(RetractionTest.COLUMNS).row(1L, 10L, "a", 5.0, "c");
      rows.row(1L, null, null, null, "d");
      RawRows raw = RawRows.pushed(rows.batch()).seenAt(1_200);
      assertThat(store.push(RetractionTest.NAME, raw).join().accepted().rows()).isEqualTo(2);
    }
    assertThat(OpeningTest.format(folder)).isEqualTo("2");
  }

  private void unzip() throws IOException {
    try (InputStream file = StoredFormTest.class.getResourceAsStream("/store-v1.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        Files.copy(zip, folder.resolve(entry.getName()));
        entry = zip.getNextEntry();
      }
    }
  }
}
