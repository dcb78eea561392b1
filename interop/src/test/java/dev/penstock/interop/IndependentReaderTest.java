package dev.penstock.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients in JavaScript, which share no code with Iceberg's own, read the tables of a server. */
@Tag("full")
class IndependentReaderTest {
  private static final Path SCRIPTS = Path.of("src/test/javascript");

  @TempDir Path folder;

  @Test
  void what_they_read_is_what_penstock_reads() throws Exception {
    Path scripts = Path.of("target/javascript");
    Files.createDirectories(scripts);
    for (String file : List.of("read.mjs", "package.json", "package-lock.json")) {
      Files.write(scripts.resolve(file), Files.readAllBytes(SCRIPTS.resolve(file)));
    }
    run(scripts, "npm", "ci", "--no-audit", "--no-fund");
    try (Penstock penstock = Penstock.shop(folder)) {
      String catalog = penstock.address() + "/iceberg";
      assertThat(read(scripts, catalog, "visits", "visit", "score", "_offset"))
          .hasSize(500)
          .isEqualTo(sorted(penstock.rows("SELECT visit, score, _offset FROM visits")));
      assertThat(read(scripts, catalog, "orders", "order_id", "total", "_offset"))
          .hasSizeGreaterThan(300)
          .isEqualTo(sorted(penstock.rows("SELECT order_id, total, _offset FROM orders")));
    }
  }

  private static List<String> read(Path scripts, String catalog, String table, String... columns)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("node", "read.mjs", catalog, "shop", table));
    command.addAll(List.of(columns));
    List<List<String>> rows = new ArrayList<>();
    for (String line : run(scripts, command.toArray(String[]::new)).lines().toList()) {
      List<String> values = new ArrayList<>();
      for (JsonNode value : new ObjectMapper().readTree(line)) {
        values.add(value.isNull() ? null : value.asText());
      }
      rows.add(values);
    }
    return sorted(rows);
  }

  /** As numbers are written by either side: 1 and 1.0 are one. */
  private static List<String> sorted(List<List<String>> rows) {
    return rows.stream().map(row -> row.toString().replace(".0", "")).sorted().toList();
  }

  private static String run(Path folder, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(out).isZero();
    return out;
  }
}
