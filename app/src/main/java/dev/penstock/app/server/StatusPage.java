package dev.penstock.app.server;

import dev.penstock.app.print.AnswerHtml;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.serve.Serving.Health;
import dev.penstock.source.ClockMode;

/** The page at {@code /}: what {@code penstock status} says, for a browser. */
final class StatusPage {
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem;
             padding: 0 1rem; color: #1d2733; background: #fff }
      h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
      table { border-collapse: collapse } th, td { padding: .25rem .9rem .25rem 0;
             text-align: left; vertical-align: top; border-bottom: 1px solid #dde3e9 }
      td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
      .state { padding: .1rem .6rem; border-radius: .8rem; background: #d8f0dd }
      .state.not, .warning { background: #f8e0c8 } .warning { padding: .3rem .6rem } a { color: #14578c }
      @media (prefers-color-scheme: dark) {
        body { color: #dbe3ea; background: #12181f } th, td { border-color: #2c3742 }
        .state { background: #1f4a2b } .state.not, .warning { background: #5d3b17 } a { color: #7db8e8 } }
      """;

  private StatusPage() {}

  static String html(Answer status, Health health, ClockMode clock) {
    StringBuilder page = new StringBuilder(4096);
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<title>Penstock</title><style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Penstock ")
        .append(
            health.ready() ? "<span class=\"state\">ready" : "<span class=\"state not\">not ready")
        .append("</span></h1>\n");
    for (String reason : health.reasons()) {
      page.append("<p>").append(AnswerHtml.escaped(reason)).append("</p>\n");
    }
    for (String warning : health.warnings()) {
      page.append("<p class=\"warning\">").append(AnswerHtml.escaped(warning)).append("</p>\n");
    }
    if (clock == ClockMode.REPLAY) {
      page.append("<p>The clock is a replay's: time comes with each request.</p>\n");
    }
    AnswerHtml.append(status, page);
    return page.append("<p><a href=\"/health\">health</a> · <a href=\"/metrics\">metrics</a> · ")
        .append("<a href=\"/openapi.json\">API</a></p>\n</body></html>\n")
        .toString();
  }
}
