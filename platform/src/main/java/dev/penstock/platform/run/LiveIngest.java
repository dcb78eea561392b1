package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.InputFile;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.ingest.AcceptingReader;
import dev.penstock.platform.ingest.FileResult;
import dev.penstock.platform.live.LiveStore;
import dev.penstock.source.Decision;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Files into a live project: their rows are new rows of now, through the same log as a push. */
final class LiveIngest {
  private final OpenProject project;
  private final LiveStore live;

  LiveIngest(OpenProject project, LiveStore live) {
    this.project = project;
    this.live = live;
  }

  Answer run(Ingest request, Progress progress) {
    SourceSpec source = Objects.requireNonNull(project.compiled().source(request.source()).spec());
    List<FileResult> results = new ArrayList<>();
    for (Path path : request.files()) {
      progress.stage("ingest " + request.source() + " " + path.getFileName());
      results.add(ingest(source, InputFile.at(path)));
    }
    return IngestOperation.answer(results);
  }

  private FileResult ingest(SourceSpec source, InputFile file) {
    long read = 0;
    long accepted = 0;
    long quarantined = 0;
    long duplicates = 0;
    long[] bad = {0};
    try (FileBatchReader rows =
        file.read(source.columns(), AcceptingReader.extraColumns(source), row -> bad[0]++)) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        Decision decision =
            live.store()
                .push(source.name(), RawRows.ofFile(batch, file.name(), rows.rowNumber(0)))
                .join();
        read += batch.rows();
        accepted += decision.accepted().rows();
        quarantined += decision.quarantined().size();
        duplicates += decision.duplicates().size();
      }
    }
    return new FileResult(
        source.name(),
        file.name(),
        read + bad[0],
        accepted,
        quarantined + bad[0],
        duplicates,
        List.of(),
        true,
        false);
  }
}
