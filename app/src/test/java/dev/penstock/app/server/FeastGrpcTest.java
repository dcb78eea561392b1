package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feast.FeastClient;
import dev.feast.Row;
import dev.penstock.platform.Platform;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.Workspace;
import dev.penstock.platform.serve.Intake;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import feast.proto.serving.ServingAPIProto.FieldStatus;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feast's own client in Java, as it was published, reads features. */
class FeastGrpcTest {
  private static final List<String> ALL =
      List.of(
          "flow:drops_lifetime",
          "flow:times_lifetime",
          "flow:warmth_lifetime",
          "flow:note_lifetime",
          "flow:open_lifetime",
          "flow:at_lifetime");

  @TempDir Path folder;
  private Operations project;
  private PenstockServer server;
  private FeastClient client;
  private final Instant moment = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);

  @BeforeEach
  void serve() throws Exception {
    Files.writeString(folder.resolve("penstock.yaml"), "project: taps\n");
    Files.writeString(
        folder.resolve("taps.yaml"),
        """
        source: taps
        owner: taps@example.com
        columns:
          tap: string not null
          floor: int64 not null
          at: timestamp not null
          drops: int64
          warmth: float32
          note: string
          open: boolean
        event_time: at
        ---
        entity: tap
        owner: taps@example.com
        keys: {tap: string, floor: int64}
        ---
        feature_view: flow
        owner: taps@example.com
        entity: tap
        source: taps
        features:
          - count() as times over lifetime
          - sum(drops) as drops over lifetime
          - last(warmth) as warmth over lifetime
          - last(note) as note over lifetime
          - last(open) as open over lifetime
          - last(at) as at over lifetime
        """);
    project = new Platform().open(new Workspace(folder, "local"), InstantSource.system());
    assertThat(project.apply(Progress.SILENT).failure()).isNull();
    Serving serving = project.serving(ClockMode.WALL);
    server =
        PenstockServer.start(
            "127.0.0.1",
            0,
            new PenstockServer.Served(
                project, serving, "secret", (command, out, err) -> 0, folder.resolve("cache")));
    Intake taps = serving.source("taps");
    long at = ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    Rows rows = Rows.of(taps.schema());
    rows.row("a", 1L, at, 3L, 1.5f, "first", true).row("a", 1L, at, 4L, 2.5f, null, false);
    rows.row("b", 2L, at, null, null, null, null);
    assertThat(taps.push(RawRows.pushed(rows.batch())).accepted()).isEqualTo(3);
    client = FeastClient.create("127.0.0.1", URI.create(server.address()).getPort());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
    project.close();
  }

  private static Row question(String tap, long floor) {
    return Row.create().set("tap", tap).set("floor", floor);
  }

  @Test
  void values_of_every_type_come_in_the_order_asked_with_their_statuses() {
    List<Row> rows =
        client.getOnlineFeatures(
            ALL, List.of(question("a", 1), question("b", 2), question("a", 2)));

    assertThat(rows).hasSize(3);
    Row first = rows.get(0);
    assertThat(first.getLong("flow:drops_lifetime")).isEqualTo(7);
    assertThat(first.getLong("flow:times_lifetime")).isEqualTo(2);
    assertThat(first.getFloat("flow:warmth_lifetime")).isEqualTo(2.5f);
    assertThat(first.getString("flow:note_lifetime")).isEqualTo("first");
    assertThat(first.getFields().get("flow:open_lifetime").getBoolVal()).isFalse();
    assertThat(first.getFields().get("flow:at_lifetime").getUnixTimestampVal())
        .isEqualTo(moment.getEpochSecond());
    assertThat(first.getStatuses()).containsEntry("flow:open_lifetime", FieldStatus.PRESENT);
    assertThat(rows.get(1).getLong("flow:times_lifetime")).isEqualTo(1);
    assertThat(rows.get(1).getStatus("flow:drops_lifetime")).isEqualTo(FieldStatus.NULL_VALUE);
    for (String feature : ALL) {
      assertThat(rows.get(2).getStatus(feature)).as(feature).isEqualTo(FieldStatus.NOT_FOUND);
    }
  }

  @Test
  void mistakes_are_the_clients_and_say_what_is_wrong() {
    assertThatThrownBy(
            () -> client.getOnlineFeatures(List.of("flow:nope"), List.of(question("a", 1))))
        .hasMessageContaining("nope");
    Row keyless = client.getOnlineFeatures(ALL, List.of(Row.create().set("tap", "a"))).get(0);
    assertThat(keyless.getStatus("flow:times_lifetime")).isEqualTo(FieldStatus.NOT_FOUND);
    assertThatThrownBy(
            () ->
                client.getOnlineFeatures(
                    ALL, List.of(Row.create().set("tap", "a").set("floor", "first"))))
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("a value of 'floor' is STRING_VAL");
    assertThatThrownBy(
            () -> client.getOnlineFeatures(ALL, List.of(question("a", 1).set("more", 1))))
        .hasMessageContaining("there is no column 'more'");
  }

  @Test
  void server_says_its_version() {
    assertThat(client.getFeastServingInfo().getVersion()).isNotEmpty();
  }
}
