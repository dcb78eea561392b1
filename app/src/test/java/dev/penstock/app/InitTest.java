package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code penstock init --from}: a draft that goes through, or says what is missing. */
class InitTest {
  @TempDir Path folder;

  @Test
  void draft_of_a_file_with_awkward_names_can_be_planned_and_filled() throws IOException {
    write(
        "My Orders__2026.v2.csv",
        "Order ID,customer's #,true: no,ordered at\no1,c1,2.5,2026-03-01 10:00:00\n");
    CommandLineRun init = run("init", "shop", "--from", "My Orders__2026.v2.csv");

    assertThat(init.exit()).isZero();
    assertThat(run("plan", "--project", "shop").err()).isEmpty();
    assertThat(run("apply", "--project", "shop").exit()).isZero();
    assertThat(run("ingest", "my_orders_2026", "My Orders__2026.v2.csv", "--project", "shop").out())
        .containsPattern("csv +1 +1 +0 +0 ");
  }

  @Test
  void file_without_a_moment_gets_a_draft_that_asks_for_one() throws IOException {
    write("things.csv", "name,size\nx,1\n");
    run("init", "shop", "--from", "things.csv");

    assertThat(Files.readString(folder.resolve("shop/sources/things.yaml")))
        .contains("# No column is a moment: write here when a row happened.\nevent_time: ");
    assertThat(run("plan", "--project", "shop").err())
        .startsWith("COLUMN_NOT_FOUND sources/things.yaml:8:13 ")
        .contains("has: name, size");
  }

  @Test
  void sample_that_cannot_be_read_leaves_no_project() throws IOException {
    write("orders.csv", "id,at\n1,2026-03-01T10:00:00Z\n");
    CommandLineRun init = run("init", "shop", "--from", "orders.csv", "nowhere.csv");

    assertThat(init.exit()).isEqualTo(2);
    assertThat(init.err()).startsWith("FILE_NOT_FOUND ").contains("nowhere.csv");
    assertThat(folder.resolve("shop")).doesNotExist();
  }

  @Test
  void two_samples_of_one_name_are_not_one_source() throws IOException {
    write("a/orders.csv", "id,at\n1,2026-03-01T10:00:00Z\n");
    write("b/orders.csv", "id,at\n2,2026-03-01T10:00:00Z\n");
    CommandLineRun init = run("init", "shop", "--from", "a/orders.csv", "b/orders.csv");

    assertThat(init.exit()).isEqualTo(2);
    assertThat(init.err()).startsWith("USAGE ").contains("'orders'", "penstock ingest orders");
    assertThat(folder.resolve("shop")).doesNotExist();
  }

  @Test
  void hudi_table_is_refused_by_its_name() throws IOException {
    write(
        "trips/.hoodie/hoodie.properties",
        "hoodie.table.type=COPY_ON_WRITE\nhoodie.table.version=8\n");
    write("trips/a_1-0-1_20260301.parquet", "");
    CommandLineRun init = run("init", "shop", "--from", "trips");

    assertThat(init.exit()).isEqualTo(2);
    assertThat(init.err())
        .startsWith("UNSUPPORTED ")
        .contains("trips", "this is a Hudi table (copy on write, version 8)");
    assertThat(folder.resolve("shop")).doesNotExist();
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.onDisk(folder, arguments);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }
}
