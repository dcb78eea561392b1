package dev.penstock.app.replay;

import dev.penstock.app.replay.ReplayProgress.Done;
import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.SystemColumns;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Answer.Format;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.ReplayRows;
import dev.penstock.platform.command.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays sources back to a server with the replay clock. Time goes from one <em>stop</em> to the
 * next: at a stop all rows known before it have been pushed; its questions are asked; then the rows
 * up to the next stop are pushed. So a question at {@code q} sees what was known before {@code q},
 * and the row it asks about comes only after it.
 *
 * <p>A replay that was cut short goes on from its last stop, see {@link ReplayProgress}. Rows carry
 * their ids, so those that were pushed after that stop count once.
 */
public final class Replay {
  private static final int ROWS_PER_PUSH = 5_000;

  /** One replay at a time for each folder: the others of this process are in here. */
  private static final Map<Path, Turn> TURNS = new ConcurrentHashMap<>();

  private final ReplayClient server;
  private final Path folder;
  private final @Nullable Questions questions;
  private final Progress progress;

  /**
   * What to ask on the way: the model, about rows of one source. The sample takes all rows of a
   * moment or none, and at least {@code sample} in total if the source has so many.
   */
  public record Questions(String model, String source, int sample, long seed) {}

  /**
   * A replay to the server at that address.
   *
   * @param folder where it notes how far it has come
   */
  public Replay(String server, Path folder, @Nullable Questions questions, Progress progress) {
    this.server = new ReplayClient(server);
    this.folder = folder;
    this.questions = questions;
    this.progress = progress;
  }

  /**
   * Reads the rows, pushes and asks until all are in.
   *
   * @throws PenstockException {@code CONFLICT_RETRY} while another replay of the project is under
   *     way: that of a command whose caller has gone goes on to its end
   */
  public Answer run(Supplier<List<ReplayRows>> sources) {
    return TURNS
        .computeIfAbsent(folder, path -> new Turn())
        .take("replay", () -> play(sources.get()));
  }

  private Answer play(List<ReplayRows> sources) {
    List<Track> tracks = new ArrayList<>();
    for (ReplayRows source : sources) {
      requireQuestions(source);
      tracks.add(new Track(source, server.position(source.source())));
    }
    ReplayProgress noted = new ReplayProgress(folder, fingerprint(tracks));
    long from =
        noted
            .read()
            .filter(done -> done.isTrueOf(positions(tracks)))
            .map(Done::until)
            .orElse(Long.MIN_VALUE);
    tracks.forEach(track -> track.startAt(from));
    Track askedTrack = track(tracks);
    long[] askedAt = askedTrack == null ? new long[0] : sample(askedTrack.seenTimes());
    List<String> inputs = questions == null ? List.of() : server.inputs(questions.model());
    progress.stage("replay");
    long total = tracks.stream().mapToLong(Track::left).sum();
    long asked = 0;
    try (Requests requests = new Requests(tracks, server)) {
      long[] stops = stops(tracks, askedAt);
      for (int i = 0; i < stops.length; i++) {
        long stop = stops[i];
        if (stop < from) {
          continue;
        }
        requests.pushUntil(stop);
        requests.prepareUntil(i + 1 < stops.length ? stops[i + 1] : Long.MAX_VALUE);
        noted.write(new Done(stop, positions(tracks)));
        if (askedTrack != null && questions != null && Arrays.binarySearch(askedAt, stop) >= 0) {
          AtomicInteger answered = new AtomicInteger();
          String model = questions.model();
          requests.ask(
              askedTrack.rowsAt(stop),
              rows -> answered.addAndGet(ask(model, inputs, rows, stop, stop == from)));
          asked += answered.get();
        }
        progress.done(tracks.stream().mapToLong(Track::pushed).sum(), total);
      }
      requests.pushUntil(Long.MAX_VALUE);
      noted.write(new Done(Long.MAX_VALUE, positions(tracks)));
    }
    return answer(sources, tracks, asked);
  }

  /**
   * Asks about rows; how many were answered now.
   *
   * @param again whether this is where an earlier replay was cut short: the clock is past the
   *     question if rows after it were pushed, and that was done only once it had its answer
   */
  private int ask(String model, List<String> inputs, Batch rows, long q, boolean again) {
    try {
      server.predict(model, inputs, rows, q);
      return rows.rows();
    } catch (PenstockException e) {
      if (again && e.code() == ErrorCode.CLOCK_CONFLICT) {
        return 0;
      }
      throw e;
    }
  }

  private static Map<String, Positions> positions(List<Track> tracks) {
    Map<String, Positions> positions = new LinkedHashMap<>();
    tracks.forEach(track -> positions.put(track.source(), track.position()));
    return positions;
  }

  /** Names the replay by what it pushes and asks. */
  private Fingerprint fingerprint(List<Track> tracks) {
    List<String> parts = new ArrayList<>();
    parts.add(String.valueOf(questions));
    for (Track track : tracks) {
      long[] seen = track.seenTimes();
      parts.add(track.source() + " " + seen.length);
      parts.add(seen.length == 0 ? "" : seen[0] + " " + seen[seen.length - 1]);
    }
    return Fingerprint.of(parts);
  }

  private @Nullable Track track(List<Track> tracks) {
    return questions == null
        ? null
        : tracks.stream()
            .filter(track -> track.source().equals(questions.source()))
            .findFirst()
            .orElseThrow(() -> ReplayClient.noSuchSource(questions.source()));
  }

  /** A row that replaces or deletes another is no question. */
  private void requireQuestions(ReplayRows source) {
    if (questions != null
        && source.source().equals(questions.source())
        && source.changes() != null) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          "rows of '" + source.source() + "' change, and each row that is asked about must stay",
          "let --ask name a source of requests that has no 'changes'");
    }
  }

  /** The moments to ask at: whole moments, drawn until they hold enough rows, in order. */
  private long[] sample(long[] seenTimes) {
    if (questions == null) {
      return new long[0];
    }
    long[] moments = Arrays.stream(seenTimes).distinct().toArray();
    SplittableRandom random = new SplittableRandom(questions.seed());
    TreeSet<Long> drawn = new TreeSet<>();
    int rows = 0;
    for (int left = moments.length; left > 0 && rows < questions.sample(); left--) {
      int pick = random.nextInt(left);
      long moment = moments[pick];
      moments[pick] = moments[left - 1];
      drawn.add(moment);
      rows += Track.firstAtOrAfter(seenTimes, moment + 1) - Track.firstAtOrAfter(seenTimes, moment);
    }
    return drawn.stream().mapToLong(Long::longValue).toArray();
  }

  /** The moments asked at, and enough others to keep each push small. */
  private static long[] stops(List<Track> tracks, long[] askedAt) {
    long[] all =
        tracks.stream().flatMapToLong(track -> Arrays.stream(track.seenTimes())).sorted().toArray();
    TreeSet<Long> stops = new TreeSet<>();
    for (long moment : askedAt) {
      stops.add(moment);
    }
    for (int row = ROWS_PER_PUSH; row < all.length; row += ROWS_PER_PUSH) {
      stops.add(all[row]);
    }
    return stops.stream().mapToLong(Long::longValue).toArray();
  }

  private Answer answer(List<ReplayRows> sources, List<Track> tracks, long asked) {
    Answer.TableBuilder table =
        Answer.builder()
            .table("pushed")
            .heading("source")
            .heading("rows")
            .heading("accepted")
            .heading("duplicates")
            .heading("quarantined")
            .heading("requests");
    for (Track track : tracks) {
      table.row(
          track.source(),
          track.pushed(),
          track.accepted(),
          track.duplicates(),
          track.quarantined(),
          track.requests());
    }
    Answer.FactsBuilder facts = table.end().facts("asked").fact("predictions", asked);
    for (ReplayClient.Latency latency : server.latencies()) {
      facts
          .fact(latency.name() + " requests", latency.count())
          .fact(latency.name() + " p50", latency.millis(0.5), Format.MILLIS)
          .fact(latency.name() + " p99", latency.millis(0.99), Format.MILLIS);
    }
    Answer.Builder answer = facts.end();
    for (ReplayRows source : sources) {
      if (source.unread().rows() > 0) {
        answer.note(
            "Of "
                + source.source()
                + " "
                + source.unread().rows()
                + (source.unread().rows() == 1 ? " record was" : " records were")
                + " not pushed, as it cannot be read: "
                + source.unread().first());
      }
    }
    return answer.build();
  }

  static long[] seenTimes(Batch rows) {
    return ((LongColumn) rows.column(SystemColumns.SEEN_TIME)).values();
  }
}
