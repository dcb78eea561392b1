package dev.penstock.feedback;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.feedback.internal.Page;
import dev.penstock.feedback.internal.ReportJson;
import dev.penstock.feedback.internal.ReportText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows a {@link LoopReport}: on a terminal, to a program, and as a page. */
public record Report(LoopReport loop) {

  /** Tables for a terminal, in plain text. */
  public String toText() {
    return ReportText.of(loop);
  }

  /** The whole tree as JSON, names in snake case, times in microseconds UTC. */
  public String toJson() {
    return ReportJson.of(loop);
  }

  /** One HTML page that needs nothing else: no script, no font, no image from elsewhere. */
  public String toHtml() {
    return Page.of(loop);
  }

  /** Writes {@code report.txt}, {@code report.json} and {@code report.html} into a folder. */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("report.txt"), toText());
      Files.writeString(folder.resolve("report.json"), toJson());
      Files.writeString(folder.resolve("report.html"), toHtml());
    } catch (IOException e) {
      throw new PenstockException(
          ErrorCode.IO, null, "the report could not be written to " + folder, "", e);
    }
  }
}
