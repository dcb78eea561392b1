package dev.penstock.feedback.internal;

import dev.penstock.feedback.LoopReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The report as one HTML page: style and drawings inside, nothing fetched, no script. */
public final class Page {
  private Page() {}

  public static String of(LoopReport loop) {
    List<Section> sections = Sections.of(loop);
    StringBuilder html = new StringBuilder(64_000);
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(Markup.escape(loop.project()))
        .append(": report</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n");
    header(html, loop, sections);
    sections.forEach(section -> section(html, section));
    html.append("<footer>Penstock. Everything on this page is in report.json as well.</footer>\n")
        .append("</main>\n</body>\n</html>\n");
    return html.toString();
  }

  private static void header(StringBuilder html, LoopReport loop, List<Section> sections) {
    html.append("<header>\n<p class=\"project\">").append(Markup.escape(loop.project()));
    html.append("</p>\n<h1>")
        .append(Markup.escape(loop.question().isEmpty() ? "Report" : loop.question()))
        .append("</h1>\n");
    List<KeyFigures.Figure> figures = KeyFigures.of(loop);
    if (!figures.isEmpty()) {
      html.append("<dl class=\"figures\">\n");
      for (KeyFigures.Figure figure : figures) {
        html.append("<div><dt>")
            .append(Markup.escape(figure.name()))
            .append("</dt><dd class=\"")
            .append(figure.style())
            .append("\">")
            .append(Markup.escape(figure.value()))
            .append("</dd></div>\n");
      }
      html.append("</dl>\n");
    }
    html.append("<nav>");
    for (Section section : sections) {
      html.append("<a href=\"#")
          .append(section.id())
          .append("\">")
          .append(Markup.escape(section.name()))
          .append("</a> ");
    }
    html.append("</nav>\n</header>\n");
  }

  private static void section(StringBuilder html, Section section) {
    html.append("<section id=\"")
        .append(section.id())
        .append("\">\n<h2>")
        .append(Markup.escape(section.title()))
        .append("</h2>\n<p>")
        .append(Markup.escape(section.explanation()))
        .append("</p>\n");
    section.parts().forEach(part -> part(html, part));
    html.append("</section>\n");
  }

  private static void part(StringBuilder html, Section.Part part) {
    if (part instanceof Section.Drawing drawing) {
      drawing(html, drawing);
    } else if (part instanceof Section.Pair pair) {
      html.append("<div class=\"pair\">\n");
      drawing(html, pair.left());
      drawing(html, pair.right());
      html.append("</div>\n");
    } else if (part instanceof Section.Beside beside) {
      html.append("<div class=\"pair\">\n");
      drawing(html, beside.drawing());
      table(html, beside.table());
      html.append("</div>\n");
    } else if (part instanceof Section.Rows rows) {
      table(html, rows.table());
    } else if (part instanceof Section.Folded folded) {
      html.append("<details><summary>")
          .append(Markup.escape(folded.summary()))
          .append("</summary>\n");
      table(html, folded.table());
      html.append("</details>\n");
    } else if (part instanceof Section.Sentences sentences) {
      html.append("<ul class=\"reasons\">\n");
      for (String sentence : sentences.sentences()) {
        html.append("<li>").append(Markup.escape(sentence)).append("</li>\n");
      }
      html.append("</ul>\n");
    }
  }

  private static void drawing(StringBuilder html, Section.Drawing drawing) {
    html.append("<figure>").append(drawing.svg());
    if (!drawing.caption().isEmpty()) {
      html.append("<figcaption>").append(Markup.escape(drawing.caption())).append("</figcaption>");
    }
    html.append("</figure>\n");
  }

  private static void table(StringBuilder html, Table table) {
    html.append("<div class=\"scroll\">").append(table.toHtml()).append("</div>\n");
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is not in this program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
