package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Progress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of kept files over HTTP. */
class ContentServiceTest {
  private static final int SIZE = 3_000_000;

  @TempDir static Path folder;
  private static ServedProject project;
  private static byte[] bytes;
  private static String hash;

  @BeforeAll
  static void serve() throws Exception {
    Path files = Files.createDirectories(folder.resolve("data"));
    Path inside = Files.createDirectories(folder.resolve("project"));
    bytes = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      bytes[i] = (byte) (i * 31 >> 3);
    }
    Path page = Files.write(files.resolve("page.html"), bytes);
    Files.setLastModifiedTime(page, FileTime.from(Instant.parse("2001-01-05T00:00:00Z")));
    project = new ServedProject(inside, "source: pages\nowner: a@example.com\nfiles: '*.html'\n");
    ServedProject.done(
        project
            .operations()
            .ingest(new Ingest("pages", List.of(files), Ingest.Mode.HISTORY), Progress.SILENT));
    hash =
        ServedProject.table(
                project.operations().sql(new Query("SELECT sha256 FROM pages", null, 1, null)),
                "rows")
            .get(0)
            .get(0)
            .toString();
    project.serve();
  }

  @AfterAll
  static void close() {
    project.close();
  }

  private HttpResponse<byte[]> get(String... headers) throws Exception {
    return project.get("/v1/files/" + hash, headers);
  }

  @Test
  void all_bytes_come_as_bytes_and_never_as_a_page() throws Exception {
    HttpResponse<byte[]> answer = get();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(bytes);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
    assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("etag")).hasValue('"' + hash + '"');
  }

  @Test
  void bytes_that_are_known_are_not_sent() throws Exception {
    HttpResponse<byte[]> answer = get("If-None-Match", '"' + hash + '"');

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=10-19, 10, 20",
    "bytes=2999990-, 2999990, 3000000",
    "bytes=-5, 2999995, 3000000",
    "bytes=2999990-9999999, 2999990, 3000000",
    "bytes=0-1999999, 0, 2000000"
  })
  void a_range_is_half_of_the_file_or_a_byte(String range, int from, int to) throws Exception {
    HttpResponse<byte[]> answer = get("Range", range);

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
    assertThat(answer.headers().firstValue("content-range"))
        .hasValue("bytes " + from + "-" + (to - 1) + "/" + SIZE);
  }

  @Test
  void a_range_behind_the_end_is_refused_and_one_that_is_none_is_ignored() throws Exception {
    HttpResponse<byte[]> behind = get("Range", "bytes=3000000-");
    assertThat(behind.statusCode()).isEqualTo(416);
    assertThat(behind.headers().firstValue("content-range")).hasValue("bytes */" + SIZE);

    for (String range : List.of("bytes=9-3", "bytes=0-1,4-5", "pages=1-2", "bytes=-")) {
      assertThat(get("Range", range).body()).as(range).hasSize(SIZE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/files/0000000000000000000000000000000000000000000000000000000000000000, 404, NOT_FOUND",
    "/v1/files/..%2F..%2Fregistry.db, 400, Invalid request path",
    "/v1/files/%2Fetc%2Fpasswd, 400, USAGE"
  })
  void what_is_no_kept_content_is_an_error(String path, int status, String code) throws Exception {
    HttpResponse<byte[]> answer = project.get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(code);
  }
}
